package io.masterdeal.crash.workload;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.crash.history.SentEvent;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.model.Statement;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What was sent to a platform since it was empty, and what it means. */
public final class SentEvents {

    private final EventJson reader = new EventJson(EventCatalog.bundled());

    private final List<SentEvent> sent = new ArrayList<>();

    private final List<Statement> statements = new ArrayList<>();

    /** Adds events that were sent, or are about to be. */
    public synchronized void addAll(List<? extends JsonNode> cloudEvents) {
        cloudEvents.forEach(event -> add(reader.read(event)));
    }

    private void add(Event event) {
        Envelope envelope = event.envelope();
        DomainEventData data = DomainEventData.of(event);
        sent.add(new SentEvent(
                envelope.id().toString(),
                SentEvent.said(envelope.type(), envelope.subject(), envelope.time(), data.links())));
        statements.add(EventStatements.statement(event));
    }

    /** What the history has to show. */
    public synchronized List<SentEvent> sent() {
        return List.copyOf(sent);
    }

    /** What the model makes of it. */
    public synchronized List<Statement> statements() {
        return List.copyOf(statements);
    }
}
