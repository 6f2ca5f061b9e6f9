package io.masterdeal.routes.events;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Publishes the events of a message. One that is rejected is kept with the reason, and does not fail the message. */
final class EventsProducer extends DefaultProducer {

    private final EventSink sink;

    private final String domain;

    private final EventTemplate draft;

    EventsProducer(EventsEndpoint endpoint, EventSink sink, String domain, EventTemplate draft) {
        super(endpoint);
        this.sink = sink;
        this.domain = domain;
        this.draft = draft;
    }

    /** An item, and the event made of it or the reason why there is none. */
    private record Made(
            Object item,
            @Nullable ObjectNode event,
            @Nullable JsonNode problem) {}

    @Override
    public void process(Exchange exchange) {
        String route = ItemSource.route(exchange);
        List<Made> made = make(exchange, route);
        List<ObjectNode> events = new ArrayList<>();
        for (Made each : made) {
            if (each.event() != null) {
                events.add(each.event());
            }
        }
        List<@Nullable JsonNode> problems =
                events.isEmpty() ? List.of() : sink.publish(domain, events, this::isRunAllowed);
        int next = 0;
        int refused = 0;
        for (int i = 0; i < made.size(); i++) {
            Made each = made.get(i);
            JsonNode problem = each.event() == null ? each.problem() : problems.get(next++);
            if (problem != null) {
                refused++;
                refuse(
                        exchange,
                        new RejectedItem(
                                route,
                                ItemSource.file(exchange),
                                ItemSource.place(exchange, each.item(), made.size() == 1 ? -1 : i),
                                ItemSource.json(each.item()),
                                each.event(),
                                RouteProblems.withValues(problem, each.event())));
            }
        }
        exchange.getMessage().setHeader(MasterDealComponent.TAKEN, made.size() - refused);
        exchange.getMessage().setHeader(MasterDealComponent.REFUSED, refused);
    }

    private void refuse(Exchange exchange, RejectedItem rejected) {
        if (exchange.getProperty(MasterDealComponent.DELIVERY) != null) {
            throw new RefusedEventException(rejected.problem());
        }
        sink.keep(rejected);
    }

    private List<Made> make(Exchange exchange, String route) {
        Object body = exchange.getMessage().getBody();
        if (draft.makes()) {
            Object item = body == null ? "" : body;
            try {
                return List.of(new Made(item, withId(draft.make(exchange, domain), route), null));
            } catch (DateTimeException e) {
                return List.of(new Made(item, null, RouteProblems.of("not a time", String.valueOf(e.getMessage()))));
            }
        }
        List<Made> made = new ArrayList<>();
        if (body instanceof Collection<?> list) {
            list.forEach(it -> made.add(read(it, route)));
            return made;
        }
        JsonNode json;
        try {
            json = ItemSource.tree(body, exchange);
        } catch (JacksonException e) {
            return List.of(new Made(
                    text(exchange), null, RouteProblems.of("not JSON", String.valueOf(e.getOriginalMessage()))));
        }
        if (json.isArray()) {
            json.forEach(it -> made.add(read(it, route)));
        } else {
            made.add(read(json, route));
        }
        return made;
    }

    private static String text(Exchange exchange) {
        return String.valueOf(exchange.getMessage().getBody(String.class));
    }

    private static Made read(@Nullable Object item, String route) {
        JsonNode json = JsonMapper.shared().valueToTree(item);
        return json instanceof ObjectNode event
                ? new Made(json, withId(event.deepCopy(), route), null)
                : new Made(
                        json,
                        null,
                        RouteProblems.of("not an event", "An event is a JSON object, or give 'type' to make one."));
    }

    private static ObjectNode withId(ObjectNode event, String route) {
        if (!event.hasNonNull("specversion")) {
            event.put("specversion", "1.0");
        }
        if (!event.hasNonNull("id")) {
            event.remove("id");
            event.put("id", EventIds.of(route, event).toString());
        }
        return event;
    }
}
