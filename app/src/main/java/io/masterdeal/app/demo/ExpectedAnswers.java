package io.masterdeal.app.demo;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The answers that follow from everything that happened in the simulated systems, whether its event was sent or not, computed
 * by the deal model alone, without Kafka, PostgreSQL or a running service.
 */
final class ExpectedAnswers {

    private final EventJson json = new EventJson(EventCatalog.bundled());

    private final List<Statement> statements = new ArrayList<>();

    private ExpectedAnswers() {}

    /** What follows from these events, sent or not. */
    static ExpectedAnswers of(List<EmittedEvent> events) {
        ExpectedAnswers expected = new ExpectedAnswers();
        events.forEach(event -> expected.statements.add(EventStatements.statement(expected.json.read(event.event()))));
        return expected;
    }

    /**
     * The events of deals whose whole story is known. Of a deal that an earlier run began and the service continues here, these
     * systems know only a part, so nothing is expected of it.
     */
    static List<EmittedEvent> wholeStories(List<EmittedEvent> emitted) {
        Set<String> begun = emitted.stream().map(EmittedEvent::subject).collect(Collectors.toSet());
        return emitted.stream()
                .filter(event -> event.deal().isEmpty() || begun.contains(event.deal()))
                .toList();
    }

    /** Where each deal should stand. */
    Answers answers(RuleSet rules) {
        return new FactSet().addAll(statements).answer(rules);
    }

    /**
     * The clocks of each deal that have a cycle.
     *
     * @param at the instant for which they are computed
     */
    Map<ObjectKey, List<String>> clocks(SlaEvaluator sla, Instant at) {
        Map<ObjectKey, List<String>> clocks = new HashMap<>();
        new FactSet()
                .addAll(statements)
                .deals()
                .forEach((root, facts) -> clocks.put(root, ClockTexts.of(sla.report(root, facts, at))));
        return clocks;
    }
}
