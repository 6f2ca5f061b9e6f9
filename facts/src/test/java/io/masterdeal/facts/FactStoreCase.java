package io.masterdeal.facts;

import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.model.Fact;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A store with nothing in it, and what was told to it: the ground of single cases. */
abstract class FactStoreCase {

    static final RuleSet RULES = RuleSets.load("default");

    static final long T = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    static Database database;

    static CommittedMessages committed;

    static int tests;

    final List<Statement> told = new ArrayList<>();

    FactStore store;

    String ending = "";

    @BeforeAll
    static void make_a_schema() {
        database = Database.create();
        committed = CommittedMessages.from(database);
    }

    @AfterAll
    static void let_it_go() {
        committed.close();
        database.close();
    }

    @BeforeEach
    void start_from_nothing() {
        ending = "~t" + tests++;
        store = new FactStore(
                database.dataSource(),
                RULES,
                List.of(new LoggedChanges(change -> "%s revision %d %s->%s %s%s causes %d"
                        .formatted(
                                change.root(),
                                change.revision(),
                                change.before().stage(),
                                change.now().stage(),
                                change.changed(),
                                change.snapshot() ? " snapshot" : "",
                                change.causes().size())
                        .getBytes(StandardCharsets.UTF_8))),
                Reactions.NONE,
                new SimpleMeterRegistry());
        database.clear();
        committed.next();
    }

    static Fact named(Fact fact, UUID deal) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                fact.attributes(),
                deal);
    }

    Fact fact(String subject, @Nullable String status, int minutes, String... links) {
        String[] ended = List.of(links).stream().map(link -> link + ending).toArray(String[]::new);
        return Histories.fact(UUID.randomUUID(), subject + ending, status, T + minutes * 60_000L, ended);
    }

    static Statement retraction(Fact fact) {
        return Histories.retraction(UUID.randomUUID(), fact.eventId());
    }

    BatchReport add(Statement... statements) {
        told.addAll(List.of(statements));
        return store.add(Histories.received(List.of(statements)));
    }

    static List<String> published() {
        return committed.next().stream().map(CommittedMessages.Message::content).toList();
    }

    void assertAsTheModelSays() {
        new StoredAnswers(database, RULES).areThoseOf(new FactSet().addAll(told), ending, "this test");
    }
}
