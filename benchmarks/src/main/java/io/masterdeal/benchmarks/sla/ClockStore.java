package io.masterdeal.benchmarks.sla;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.database.UuidArray;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A store in this process, without listeners and reactions, whose present instant is given. */
final class ClockStore implements AutoCloseable {

    static final RuleSet RULES = RuleSets.load("default");

    private static final EventRules EVENTS = new EventRules(EventCatalog.bundled());

    private static final int BATCH = 1_000;

    private final HikariDataSource dataSource;

    private final FactStore store;

    /**
     * @param platform has the tables already
     * @param evaluator the policies and calendars
     * @param now the present instant; null for the system's clock
     */
    ClockStore(MeasuredPlatform platform, SlaEvaluator evaluator, Clock now) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(platform.addresses().jdbcUrl());
        config.setUsername(platform.addresses().postgresUser());
        config.setPassword(platform.addresses().postgresPassword());
        config.setSchema("service");
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("binaryTransferEnable", UuidArray.BINARY); // As the service has it.
        this.dataSource = new HikariDataSource(config);
        this.store = new FactStore(
                dataSource,
                RULES,
                new SlaTerms(evaluator, SlaTerms.DEFAULT_MAX_AGE, now, SlaTasks.NONE),
                List.of(),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    /** A clock that stands still. */
    static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    FactStore store() {
        return store;
    }

    /**
     * Takes in the first events of deals.
     *
     * @param steps how many events of each deal, 1 to 7
     */
    void takeIn(DealWorkload workload, int steps) {
        List<ReceivedStatement> batch = new ArrayList<>();
        String[] wanted = TYPES.subList(0, steps).toArray(String[]::new);
        workload.tell(event -> {
            if (List.of(wanted).contains(event.envelope().type())) {
                batch.add(statement(event));
            }
            if (batch.size() == BATCH) {
                store.add(batch);
                batch.clear();
            }
        });
        store.add(batch);
    }

    /** The types of a deal's events, in their order. */
    private static final List<String> TYPES = List.of(
            "crm.deal.created",
            "crm.brief.submitted",
            "media.mediaplan.ready",
            "docflow.contract.signed",
            "legal.approved",
            "dcm.invoice.issued",
            "dcm.closeout.completed");

    /** What an event of the workload says. */
    static ReceivedStatement statement(Event event) {
        String name = event.envelope().type();
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type(name), name);
        EVENTS.complete(type, event.data());
        return EventStatements.received(event, "bench");
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
