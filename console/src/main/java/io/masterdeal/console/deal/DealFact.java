package io.masterdeal.console.deal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A fact of a deal.
 *
 * @param eventId of its event
 * @param type of its event
 * @param subject key of the object that it is about
 * @param status which it gives to the object; empty if it gives none
 * @param occurredAt when it happened, UTC
 * @param receivedAt when the service stored it, UTC
 * @param source who said so
 * @param retracted whether it was taken back
 * @param late whether it was stored after a fact that happened later
 */
public record DealFact(
        String eventId,
        String type,
        String subject,
        String status,
        Instant occurredAt,
        Instant receivedAt,
        String source,
        boolean retracted,
        boolean late) {

    /** Whose fact it is. */
    public String domain() {
        return ObjectNames.domain(subject);
    }

    /**
     * Facts as the service lists them, each once, in the order of time.
     *
     * @param items of one page or several
     * @param until only facts that were stored by then
     */
    static List<DealFact> read(Iterable<JsonNode> items, Instant until) {
        List<DealFact> facts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode item : items) {
            Instant occurred = Instants.of(item, "occurred_at");
            Instant received = Instants.of(item, "received_at");
            if (occurred == null || received == null || received.isAfter(until)) {
                continue;
            }
            String id = item.path("event_id").asString("");
            if (seen.add(id + item.path("content_hash").asString(""))) {
                facts.add(new DealFact(
                        id,
                        item.path("type").asString(""),
                        item.path("subject").asString(""),
                        item.path("status").asString(""),
                        occurred,
                        received,
                        item.path("source").asString(""),
                        item.path("retracted").asBoolean(false),
                        false));
            }
        }
        return markLate(facts);
    }

    /** Facts of one batch are stored at one instant: among them none is late. */
    private static List<DealFact> markLate(List<DealFact> facts) {
        facts.sort(Comparator.comparing(DealFact::receivedAt).thenComparing(DealFact::occurredAt));
        List<DealFact> marked = new ArrayList<>(facts.size());
        Instant newestBefore = Instant.MIN;
        Instant newest = Instant.MIN;
        Instant batch = Instant.MIN;
        for (DealFact fact : facts) {
            if (fact.receivedAt().isAfter(batch)) {
                newestBefore = newest;
                batch = fact.receivedAt();
            }
            marked.add(fact.occurredAt().isBefore(newestBefore) ? fact.asLate() : fact);
            newest = newest.isAfter(fact.occurredAt()) ? newest : fact.occurredAt();
        }
        marked.sort(Comparator.comparing(DealFact::occurredAt).thenComparing(DealFact::eventId));
        return List.copyOf(marked);
    }

    private DealFact asLate() {
        return new DealFact(eventId, type, subject, status, occurredAt, receivedAt, source, retracted, true);
    }
}
