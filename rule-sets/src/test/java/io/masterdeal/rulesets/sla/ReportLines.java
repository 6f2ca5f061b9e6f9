package io.masterdeal.rulesets.sla;

import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reports in the form of the rulings: one JSON object a deal, keys sorted, no spaces. */
final class ReportLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ReportLines() {}

    static List<SlaReport> reports(Collection<? extends Statement> statements, SlaEvaluator evaluator, Instant now) {
        List<SlaReport> reports = new ArrayList<>();
        new FactSet()
                .addAll(statements)
                .deals()
                .forEach((root, facts) -> reports.add(evaluator.report(root, facts, now)));
        return reports;
    }

    static String line(SlaReport report) {
        return JsonMapper.shared().writeValueAsString(report(report));
    }

    static String summary(List<SlaReport> reports, String policies, String rules, Instant now) {
        Map<String, Long> states = new TreeMap<>();
        long cycles = 0;
        long breached = 0;
        for (SlaReport report : reports) {
            for (SlaReport.Clock clock : report.clocks()) {
                states.merge(word(clock.state()), 1L, Long::sum);
                cycles += clock.cycles().size();
                breached += clock.cycles().stream()
                        .filter(cycle -> cycle.breachedAt() != null)
                        .count();
            }
        }
        Map<String, @Nullable Object> summary = new TreeMap<>();
        summary.put("deals", reports.size());
        summary.put("clocks", states);
        summary.put("now", time(now));
        summary.put("policies", policies);
        summary.put("rules", rules);
        summary.put("cycles", cycles);
        summary.put("breached_cycles", breached);
        return JsonMapper.shared().writeValueAsString(Map.of("summary", summary));
    }

    private static Map<String, @Nullable Object> report(SlaReport report) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        map.put("root", report.root().value());
        map.put("stage", report.stage());
        map.put("outcome", word(report.outcome()));
        map.put("clocks", report.clocks().stream().map(ReportLines::clock).toList());
        map.put("next_at", time(report.nextAt()));
        return map;
    }

    private static Map<String, @Nullable Object> clock(SlaReport.Clock clock) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        map.put("policy", clock.policy());
        map.put("object", clock.object() == null ? null : clock.object().value());
        map.put("end_to_end", clock.endToEnd());
        map.put("state", word(clock.state()));
        map.put("cycles", clock.cycles().stream().map(ReportLines::cycle).toList());
        return map;
    }

    private static Map<String, @Nullable Object> cycle(SlaReport.Cycle cycle) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        map.put("state", word(cycle.state()));
        map.put("segment", cycle.segment());
        map.put("calendar", cycle.calendar());
        map.put("target", cycle.target());
        map.put("started_at", time(cycle.startedAt()));
        map.put("stopped_at", time(cycle.stoppedAt()));
        map.put("cancelled_at", time(cycle.cancelledAt()));
        List<List<@Nullable String>> paused = new ArrayList<>();
        cycle.paused().forEach(pause -> {
            List<@Nullable String> span = new ArrayList<>();
            span.add(time(pause.from()));
            span.add(time(pause.to()));
            paused.add(span);
        });
        map.put("paused", paused);
        map.put("spent", cycle.spent());
        map.put("remaining", cycle.remaining());
        map.put("attribution", new TreeMap<>(cycle.attribution()));
        map.put("due_at", time(cycle.dueAt()));
        map.put("no_due", cycle.noDue() == null ? null : word(cycle.noDue()).replace('_', ' '));
        map.put(
                "warned_at",
                cycle.warnings().stream()
                        .map(warning -> List.of(warning.percent(), String.valueOf(time(warning.at()))))
                        .toList());
        map.put("breached_at", time(cycle.breachedAt()));
        return map;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : TIME.format(at);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
