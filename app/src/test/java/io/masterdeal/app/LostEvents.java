package io.masterdeal.app;

import io.masterdeal.client.PlatformClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Which deals miss an event, found by following the links in the events of the simulated systems: without the deal model, so
 * that it can check results of that.
 */
final class LostEvents {

    private final List<JsonNode> items;

    private LostEvents(List<JsonNode> items) {
        this.items = items;
    }

    static LostEvents read(PlatformClient sandbox) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        sandbox.forEach("/simulation/events", items::add);
        return new LostEvents(items);
    }

    /** The keys of all deals with a lost event. */
    SortedSet<String> deals() {
        SortedSet<String> deals = new TreeSet<>();
        for (JsonNode item : items) {
            if (isLost(item)) {
                String subject = item.path("event").path("subject").stringValue();
                Set<String> reached = reached(subject, _ -> true);
                if (!item.path("event").path("data").path("retracts").isEmpty()) {
                    reached.addAll(reached(subject, each -> !isLost(each)));
                }
                deals.addAll(reached.isEmpty() ? Set.of(item.path("deal").stringValue()) : reached);
            }
        }
        return deals;
    }

    /** The deals that an object reaches by the links of the given events that are not retracted. */
    private Set<String> reached(String object, Predicate<JsonNode> known) {
        Set<String> retracted = new HashSet<>();
        items.stream()
                .filter(known)
                .forEach(item -> item.path("event")
                        .path("data")
                        .path("retracts")
                        .forEach(id -> retracted.add(id.stringValue())));
        Set<String> seen = new HashSet<>(Set.of(object));
        Deque<String> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            String next = todo.pop();
            if (isDeal(next)) {
                continue;
            }
            items.stream()
                    .filter(known)
                    .map(item -> item.path("event"))
                    .filter(event -> event.path("subject").stringValue().equals(next))
                    .filter(event -> !retracted.contains(event.path("id").stringValue()))
                    .filter(event -> event.path("data").path("retracts").isEmpty())
                    .flatMap(event -> event.path("data").path("links").valueStream())
                    .map(JsonNode::stringValue)
                    .filter(seen::add)
                    .forEach(todo::push);
        }
        seen.removeIf(key -> !isDeal(key));
        return seen;
    }

    private static boolean isLost(JsonNode item) {
        return item.path("lost").booleanValue();
    }

    private static boolean isDeal(String key) {
        return key.startsWith("crm:deal:");
    }
}
