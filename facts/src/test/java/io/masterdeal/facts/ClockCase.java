package io.masterdeal.facts;

import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Statement;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Stores with clocks: wall time that a test moves, and short policies. */
abstract class ClockCase extends FactStoreCase {

    static final String POLICIES = """
            name: test
            version: 1
            policies:
              - policy: offer
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                target: 10m
                warn: [50]
                escalation: {owner: media, at: {50: {task: hurry up}, breach: {task: call the client, page: true}}}
              - policy: review
                per: legal:case
                start: {this: {reached: Legal Started}}
                stop: {this: {reached: Legal Approved}}
                pause: {this: {is: Legal Rejected}}
                target: 20m
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                reopen: continue
                target: 60m
                end_to_end: true
            """;

    final Time time = new Time();

    final Tasks tasks = new Tasks();

    /** The present instant. */
    static final class Time extends Clock {
        Instant now = Instant.ofEpochMilli(T);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("times are UTC");
        }

        void at(int minutes) {
            now = Instant.ofEpochMilli(T + minutes * 60_000L);
        }
    }

    /** What was asked of Task-Tracker. */
    static final class Tasks implements SlaTasks {
        final List<String> asked = new ArrayList<>();

        final List<UUID> open = new ArrayList<>();

        @Override
        public int write(Connection connection, Collection<Task> toOpen, Collection<UUID> toClose) {
            toOpen.forEach(task -> {
                asked.add("open " + task.policy() + " " + task.kind() + " for " + task.domain() + ": " + task.title()
                        + (task.page() ? " at once" : ""));
                open.add(task.id());
            });
            toClose.forEach(id -> {
                asked.add(open.remove(id) ? "close" : "close what was not open");
            });
            return toOpen.size() + toClose.size();
        }

        @Override
        public void committed(int written) {}
    }

    @BeforeEach
    void count_time() {
        store = store(POLICIES);
    }

    SlaEvaluator evaluator(String policies) {
        return SlaFiles.policies("policies.yaml", policies, RULES, Map.of());
    }

    FactStore store(String policies) {
        return new FactStore(
                database.dataSource(),
                RULES,
                new SlaTerms(evaluator(policies), Duration.ofHours(24), time, tasks),
                List.of(new LoggedChanges(change -> text(change).getBytes(StandardCharsets.UTF_8))),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    /** As what a change is published. */
    String text(DealChange change) {
        SlaStatement sla = change.sla();
        String said = "";
        if (sla != null) {
            SlaStatement.About about = sla.about();
            said = " " + sla.type().name().toLowerCase(Locale.ROOT);
            if (about != null) {
                said += " " + about.mark().policy() + " "
                        + about.mark().kind().text() + " " + about.mark().percent() + " at "
                        + Duration.between(Instant.ofEpochMilli(T), about.at()).toMinutes()
                        + (sla.isFinal() ? " final" : "");
            }
        }
        return change.revision() + " " + change.now().stage() + " " + change.changed() + said;
    }

    /** Adds statements of which each is marked as replayed. */
    void replay(Statement... statements) {
        Provenance replayed = new Provenance("/test", null, null, null, true, "test-0@0");
        store.add(List.of(statements).stream()
                .map(each -> ReceivedStatement.of(each, replayed))
                .toList());
    }

    /** Evaluates all that is due; returns how many deals. */
    int fire() {
        int all = 0;
        for (int fired = store.settleDue(2); fired > 0; fired = store.settleDue(2)) {
            all += fired;
        }
        return all;
    }
}
