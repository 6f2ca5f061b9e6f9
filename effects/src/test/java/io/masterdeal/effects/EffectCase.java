package io.masterdeal.effects;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.facts.BatchReport;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.Operations;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A store with the bundled reaction and one more, at a fixed time: the ground of single cases. */
abstract class EffectCase {

    static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    static final RuleSet RULES = RuleSets.load("default");

    static final EventCatalog CATALOG = EventCatalog.bundled();

    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    static final List<Reaction> REACTIONS = ReactionFile.parse("test.yaml", """
            reactions:
              - name: request-mediaplan
                events: [crm.brief.submitted]
                unless: {live: media:mediaplan}
                request: {system: media, method: POST, path: /api/mediaplan/request}
              - name: announce-case
                events: [legal.approved]
                max-age: P2D
                request: {system: docflow, method: PUT, path: /api/approved}
            """, CATALOG);

    static Database database;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    final EffectMeters meters = new EffectMeters(registry);

    FactStore store;

    @BeforeAll
    static void make_a_schema() {
        database = Database.create();
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void start_from_nothing() {
        database.clear();
        store = store(true, REACTIONS);
    }

    FactStore store(boolean gateway, List<Reaction> reactions) {
        return new FactStore(
                database.dataSource(),
                RULES,
                List.of(),
                new EffectWriter(reactions, CATALOG, gateway, Clock.fixed(NOW, ZoneOffset.UTC), meters),
                registry);
    }

    /** A fact with the status of its type, told so long before {@link #NOW}. */
    static Fact fact(String type, String subject, Duration ago, String... links) {
        return Fact.of(
                UUID.randomUUID(),
                type,
                new ObjectKey(subject),
                Objects.requireNonNull(CATALOG.type(type), type).status(),
                null,
                NOW.minus(ago),
                Arrays.stream(links).map(ObjectKey::new).toList(),
                Map.of(),
                null);
    }

    static Fact with(Fact fact, Map<String, String> attributes) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                attributes,
                fact.masterDealId());
    }

    static Fact brief(String deal) {
        return fact("crm.brief.submitted", deal, Duration.ofHours(1));
    }

    static Statement retraction(Fact fact) {
        Fact said = fact("crm.deal.created", "crm:deal:any", Duration.ZERO);
        return Retraction.of(said, List.of(fact.eventId()));
    }

    static ReceivedStatement told(Statement statement, boolean replayed) {
        return ReceivedStatement.of(statement, new Provenance("/crm", "c-1", null, TRACE, replayed, "crm.events-0@1"));
    }

    BatchReport add(Statement... statements) {
        return store.add(
                Arrays.stream(statements).map(each -> told(each, false)).toList());
    }

    static UUID deal(String key) {
        return MasterDealId.of(new ObjectKey(key)).value();
    }

    static UUID effect(String deal, Fact fact) {
        return REACTIONS.stream()
                .filter(it -> it.events().contains(fact.type()))
                .findFirst()
                .orElseThrow()
                .effectId(deal(deal), fact.eventId());
    }

    static JdbcClient jdbc() {
        return database.jdbc();
    }

    /** Every effect: deal, state and reason. */
    static List<String> effects() {
        return jdbc().sql("SELECT concat_ws(' ', d.root_key, e.state, e.reason) FROM effects e"
                        + " LEFT JOIN deals d ON d.id = e.deal_id ORDER BY d.root_key, e.state, e.reason")
                .query((row, _) -> row.getString(1))
                .list();
    }

    double entered(String state) {
        return registry.get("masterdeal.effects.entered")
                .tag("state", state)
                .counter()
                .count();
    }

    /** Releases an effect as an operator does. Returns whether there was something to release. */
    static boolean release(UUID id) {
        return decide(EffectWork.RELEASE, EffectSelection.of(id, EffectState.FAILED)) == 1
                || decide(EffectWork.RELEASE, EffectSelection.of(id, EffectState.SUPPRESSED)) == 1;
    }

    /** Has an operator decide. Returns how many effects were selected. */
    static long decide(String action, EffectSelection selection) {
        var actions = new OperatorActions(new OperatorActions.Columns("acted_by", "acted_at", "items"));
        var decisions = new EffectDecisions(
                new Transactions(database.dataSource(), new SimpleMeterRegistry()),
                new Operations(actions),
                new EffectWork((_, _) -> {}));
        var deed = new Deed(action, JsonMapper.shared().valueToTree(selection), "a test", Actor.of("operator"));
        try {
            return decisions.now(deed, false, 100).selected();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
