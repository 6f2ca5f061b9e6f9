package io.masterdeal.routes.events;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code masterdeal:events}. */
final class EventsEndpoint extends DefaultEndpoint {

    private final EventSink sink;

    private final String domain;

    private final EventTemplate draft;

    EventsEndpoint(String uri, MasterDealComponent component, EventSink sink, String domain, EventTemplate draft) {
        super(uri, component);
        this.sink = sink;
        this.domain = domain;
        this.draft = draft;
    }

    @Override
    public Producer createProducer() {
        return new EventsProducer(this, sink, domain, draft);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "routes get events from a subscription with the sink {type: route, route: NAME}, as direct:NAME");
    }
}
