package io.masterdeal.benchmarks.growth;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.Counts;
import io.masterdeal.facts.FieldNames;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.StoredFields;
import io.masterdeal.facts.StoredState;
import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.facts.sla.StoredSla;
import io.masterdeal.model.Fact;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a store with deals far faster than events could be taken in: rows go straight into the tables. They are those the
 * service would have written (a test compares them), made with its own model; but nothing is locked, looked up or published,
 * since nothing else runs. Indexes are made at the end, so they are denser than grown ones.
 */
final class DealLoader {

    /** Tables that are filled; the others of the schema stay empty for these deals. */
    static final List<String> TABLES = List.of(
            "event_ids",
            "facts",
            "objects",
            "links",
            "placements",
            "deals",
            "deal_fields",
            "deal_revisions",
            "effects",
            "sla_clocks");

    private static final int CHUNK = 10_000;

    private static final String SLOT = "masterdeal_service";

    private static final UUID EFFECT = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:effect");

    private static final String REACTION = "request-mediaplan";

    private static final Duration REACTION_MAX_AGE = Duration.ofDays(1);

    private final RuleSet rules = RuleSets.load("default");

    private final SlaEvaluator evaluator = SlaFiles.load("default", "default", rules);

    private final Instant now = Instant.now();

    private final JsonMapper json = JsonMapper.shared();

    private final Map<String, CopiedTable> tables = new HashMap<>();

    private final Map<String, LoadedDeal> underWay = new HashMap<>();

    private DealLoader() {}

    /**
     * Replaces all that is stored by the first deals of a workload, vacuums and analyses the tables and makes a checkpoint. No
     * service may
     * run meanwhile; one must have run before, so that there are tables.
     *
     * @param workload in the order of the times
     * @param progress gets a line now and then
     */
    static void load(MeasuredPlatform platform, DealWorkload workload, Consumer<String> progress) throws SQLException {
        try (Connection connection = platform.connect()) {
            connection.setSchema("service");
            // It would keep all of the log that follows, and the service would have to read it at its next start.
            execute(connection, "SELECT pg_drop_replication_slot('" + SLOT + "')");
            Indexes indexes = Indexes.drop(connection, TABLES);
            new DealLoader().copy(platform, workload, progress);
            progress.accept("making the indexes");
            indexes.make();
            Counts.recount(connection);
            execute(connection, "VACUUM (ANALYZE)");
            execute(connection, "SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
            execute(connection, """
                    UPDATE relay_slot SET acknowledged_lsn = s.confirmed_flush_lsn
                    FROM pg_replication_slots s WHERE s.slot_name = relay_slot.slot_name
                    """);
            execute(connection, "CHECKPOINT");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void copy(MeasuredPlatform platform, DealWorkload workload, Consumer<String> progress) throws SQLException {
        try {
            begin(platform, "event_ids", "event_id");
            begin(
                    platform,
                    "facts",
                    "event_id, content_hash, type, subject, status, sequence, occurred_at, links, attributes,"
                            + " master_deal_id, retracted, source, correlation_id, causation_id, traceparent, replayed,"
                            + " origin");
            begin(platform, "objects", "key");
            begin(platform, "links", "child, parent, followed");
            begin(platform, "placements", "object_key, deal_id");
            begin(
                    platform,
                    "deals",
                    "id, root_key, known, revision, stage, outcome, gaps, facts, rule_set, rules, state, sla_state, sla_policies,"
                            + " sla_at, stage_since, fields");
            begin(
                    platform,
                    "deal_revisions",
                    "deal_id, revision, epoch, type, stage, outcome, changed, causes, causes_total");
            begin(platform, "deal_fields", "deal_id, root_key, client, manager, product, region, currency, amount");
            begin(
                    platform,
                    "sla_clocks",
                    "root_key, policy, object, deal_id, cycle, state, open, at_risk, started_at, due_at, warned_percent,"
                            + " warned_at, stopped_at, segment, calendar, target_ms, spent_ms, domain, client");
            begin(platform, "effects", "id, reaction, deal_id, event_id, content_hash, state, reason");
            for (int done = 0; done < workload.deals(); done += CHUNK) {
                List<Event> events = new ArrayList<>();
                new DealWorkload(
                                workload.firstDeal() + done,
                                Math.min(CHUNK, workload.deals() - done),
                                workload.seed(),
                                workload.order(),
                                workload.overlap())
                        .tell(events::add);
                for (Event event : events) {
                    add(event);
                }
                if ((done / CHUNK) % 10 == 9) {
                    progress.accept("%,d deals are loaded".formatted(done + CHUNK));
                }
            }
            for (CopiedTable each : tables.values()) {
                each.finish();
            }
        } finally {
            for (CopiedTable each : tables.values()) {
                each.close();
            }
        }
    }

    private void begin(MeasuredPlatform platform, String table, String columns) throws SQLException {
        tables.put(table, CopiedTable.begin(platform, table, columns));
    }

    private CopiedTable table(String name) {
        return Objects.requireNonNull(tables.get(name));
    }

    /** The events of a deal have one correlation id, and the first is about its root. */
    private void add(Event event) throws SQLException {
        String correlation = Objects.requireNonNull(event.envelope().correlationId());
        LoadedDeal deal = underWay.computeIfAbsent(
                correlation, _ -> new LoadedDeal(new ObjectKey(event.envelope().subject()), rules, evaluator));
        writeFact(deal, deal.add(event));
        writeRevision(deal, event);
        if (deal.statements().size() == DealWorkload.EVENTS_OF_A_DEAL) {
            underWay.remove(correlation);
            writeDeal(deal);
        }
    }

    /** Every event of the workload changes the answer. Which type is published of it and what has changed is not worked out. */
    private void writeRevision(LoadedDeal deal, Event event) throws SQLException {
        Deal answer = deal.fold().brief();
        table("deal_revisions")
                .row(
                        deal.id(),
                        deal.statements().size(),
                        1,
                        "masterdeal.updated",
                        answer.stage(),
                        answer.outcome().name().toLowerCase(Locale.ROOT),
                        List.of("timeline", "objects", "sla"),
                        List.of(event.envelope().id()),
                        1);
    }

    private void writeFact(LoadedDeal deal, ReceivedStatement statement) throws SQLException {
        Fact fact = (Fact) statement.statement();
        table("event_ids").row(fact.eventId());
        table("facts")
                .row(
                        fact.eventId(),
                        "\\x" + statement.contentHash(),
                        fact.type(),
                        fact.subject().value(),
                        fact.status(),
                        fact.sequence(),
                        fact.occurredAt(),
                        fact.links().stream().map(ObjectKey::value).toList(),
                        json.writeValueAsString(fact.attributes()),
                        fact.masterDealId(),
                        false,
                        statement.provenance().source(),
                        statement.provenance().correlationId(),
                        statement.provenance().causationId(),
                        statement.provenance().traceparent(),
                        statement.provenance().replayed(),
                        statement.provenance().origin());
        for (ObjectKey parent : fact.links()) {
            table("links")
                    .row(fact.subject().value(), parent.value(), !fact.subject().isRoot());
        }
        if (fact.type().equals("crm.brief.submitted")) {
            writeEffect(deal, statement, fact);
        }
    }

    /** The bundled reaction asks for a media plan; not for a brief of long ago, and not without a gateway. */
    private void writeEffect(LoadedDeal deal, ReceivedStatement statement, Fact fact) throws SQLException {
        boolean old = fact.occurredAt().plus(REACTION_MAX_AGE).isBefore(Instant.now());
        table("effects")
                .row(
                        NameUuid.of(EFFECT, deal.id() + "/" + REACTION + "/" + fact.eventId()),
                        REACTION,
                        deal.id(),
                        fact.eventId(),
                        "\\x" + statement.contentHash(),
                        "suppressed",
                        old ? "too-old" : "no-gateway");
    }

    private void writeDeal(LoadedDeal deal) throws SQLException {
        for (ObjectKey object : deal.objects()) {
            table("objects").row(object.value());
            table("placements").row(object.value(), deal.id());
        }
        Deal answer = deal.fold().brief();
        // Every event of the workload changes the answer.
        int revision = deal.statements().size();
        KeptSla clocks = deal.clocks(now);
        byte[] fields = StoredFields.of(FieldNames.DEFAULT, deal.root(), deal.facts());
        table("deals")
                .row(
                        deal.id(),
                        deal.root().value(),
                        true,
                        revision,
                        answer.stage(),
                        answer.outcome().name().toLowerCase(Locale.ROOT),
                        answer.gaps(),
                        answer.facts(),
                        rules.label(),
                        rules.meaning(),
                        StoredState.write(deal.fold().state()),
                        StoredSla.write(clocks),
                        evaluator.meaning(),
                        now,
                        answer.timeline().getLast().effectiveAt(),
                        fields);
        writeFields(deal, StoredFields.values(fields));
        for (ClockStatus clock : clocks.clocks()) {
            writeClock(deal, clock, clocks.client());
        }
    }

    private void writeFields(LoadedDeal deal, Map<String, String> attributes) throws SQLException {
        table("deal_fields")
                .row(
                        deal.id(),
                        deal.root().value(),
                        attributes.get("client"),
                        attributes.get("manager"),
                        attributes.get("product"),
                        attributes.get("region"),
                        attributes.get("currency"),
                        attributes.get("amount"));
    }

    /** Of a closed deal each clock was stopped in time. */
    private void writeClock(LoadedDeal deal, ClockStatus clock, @Nullable String client) throws SQLException {
        ObjectKey object = clock.object();
        table("sla_clocks")
                .row(
                        deal.root().value(),
                        clock.policy(),
                        object == null ? "" : object.value(),
                        deal.id(),
                        clock.cycle(),
                        clock.state().name().toLowerCase(Locale.ROOT),
                        false,
                        false,
                        clock.startedAt(),
                        clock.dueAt(),
                        List.of(),
                        List.of(),
                        clock.stoppedAt(),
                        clock.segment(),
                        clock.calendar(),
                        clock.target(),
                        clock.spent(),
                        clock.domain(),
                        client);
    }
}
