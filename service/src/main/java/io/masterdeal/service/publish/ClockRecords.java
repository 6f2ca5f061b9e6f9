package io.masterdeal.service.publish;

import io.masterdeal.facts.sla.Mark;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Clocks, and what is said about them, as canonical events have them. */
final class ClockRecords {

    private ClockRecords() {}

    /** Puts the clocks of a deal into its event. */
    static void put(GenericRecord data, List<ClockStatus> clocks, BoundedLists lists) {
        Schema element = data.getSchema().getField("sla").schema().getElementType();
        List<GenericRecord> records = new ArrayList<>();
        lists.clocks(clocks).forEach(clock -> records.add(record(clock, element)));
        data.put("sla", records);
        data.put("sla_total", clocks.size());
    }

    private static GenericRecord record(ClockStatus clock, Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        ObjectKey object = clock.object();
        SlaReport.NoDue noDue = clock.noDue();
        record.put("policy", clock.policy());
        record.put("object", object == null ? null : object.value());
        record.put("cycle", clock.cycle());
        record.put("state", clock.state().name().toLowerCase(Locale.ROOT));
        record.put("at_risk", clock.isAtRisk());
        record.put("started_at", clock.startedAt().toEpochMilli());
        record.put("due_at", ms(clock.dueAt()));
        record.put("no_due", noDue == null ? null : noDue.text());
        record.put(
                "warned_percent",
                clock.warnings().stream().map(SlaReport.Warning::percent).toList());
        record.put(
                "warned_at",
                clock.warnings().stream()
                        .map(warning -> warning.at().toEpochMilli())
                        .toList());
        record.put("breached_at", ms(clock.breachedAt()));
        record.put("stopped_at", ms(clock.stoppedAt()));
        record.put("cancelled_at", ms(clock.cancelledAt()));
        record.put("segment", clock.segment());
        record.put("calendar", clock.calendar());
        record.put("target", clock.target());
        record.put("spent", clock.spent());
        record.put("domain", clock.domain());
        return record;
    }

    /** Puts the warning or breach that an event is about into it. */
    static void put(GenericRecord data, SlaStatement.About about, boolean isFinal) {
        Mark mark = about.mark();
        data.put("policy", mark.policy());
        data.put("object", mark.object().isEmpty() ? null : mark.object());
        data.put("started_at", mark.startedAt().toEpochMilli());
        data.put("kind", mark.kind().text());
        data.put("percent", mark.percent());
        data.put("at", about.at().toEpochMilli());
        data.put("due_at", ms(about.dueAt()));
        data.put("target", about.target());
        data.put("domain", about.domain());
        data.put("title", about.title());
        data.put("final", isFinal);
    }

    private static @Nullable Long ms(@Nullable Instant at) {
        return at == null ? null : (Long) at.toEpochMilli();
    }
}
