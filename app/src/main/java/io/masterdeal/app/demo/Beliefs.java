package io.masterdeal.app.demo;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.service.store.EventStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the simulated systems believe: everything each of them knows to have happened, whether it managed to tell it or not,
 * judged by the deal model alone, without Kafka, PostgreSQL or a running service.
 */
final class Beliefs {

    private final EventJson json = new EventJson(EventCatalog.bundled());

    private final List<Statement> statements = new ArrayList<>();

    private Beliefs() {}

    /** What those believe who know of some events, told or not. */
    static Beliefs of(List<EmittedEvent> events) {
        Beliefs beliefs = new Beliefs();
        events.forEach(event -> beliefs.statements.add(EventStatements.statement(beliefs.json.read(event.event()))));
        return beliefs;
    }

    /**
     * The events of deals of which the whole story is known. Of a deal that an earlier run began, and the service goes on with here,
     * these systems know a part only, and so nothing can be said.
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
}
