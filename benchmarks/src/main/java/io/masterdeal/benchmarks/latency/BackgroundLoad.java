package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * What is sent besides the steady events, and may hold them up.
 *
 * @param domain whose key it is posted with
 * @param calls in the order in which they are due
 * @param deals the deals that get facts from it
 * @param facts how many each of them has afterwards, at least
 */
record BackgroundLoad(String domain, List<Call> calls, List<UUID> deals, int facts) {

    /** Media type of several events in one call. */
    static final String BATCH = "application/cloudevents-batch+json";

    private static final int CALLS_A_SECOND = 10;

    /** As many as the contracts allow in one event. */
    private static final int MOST_LINKS = 1000;

    private static final long LINK_EVERY_MS = 500;

    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

    /**
     * Events of one call.
     *
     * @param dueNanos when it is due, in ns from the beginning
     * @param body events in batch mode
     */
    record Call(long dueNanos, String body) {}

    /** Nothing. */
    static final BackgroundLoad NONE = new BackgroundLoad("", List.of(), List.of(), 0);

    /** One deal that gets very many facts, evenly over the time, in ten calls a second. */
    static BackgroundLoad ofOneDeal(LatencyPlan plan) {
        int all = plan.stalls().factsOfOneDeal();
        int calls = Math.min(all, CALLS_A_SECOND * plan.stalls().seconds());
        ObjectKey root = new ObjectKey("crm:deal:D-of-many-facts");
        List<Call> due = new ArrayList<>();
        int posted = 0;
        for (int call = 0; call < calls; call++) {
            List<Event> events = new ArrayList<>();
            for (int upTo = (int) ((call + 1L) * all / calls); posted < upTo; posted++) {
                events.add(event("crm.deal.updated", root.value(), posted, "Amendment " + posted, List.of()));
            }
            due.add(new Call(TimeUnit.SECONDS.toNanos(1) * call / CALLS_A_SECOND, batch(events)));
        }
        return new BackgroundLoad("crm", due, List.of(MasterDealId.of(root).value()), all);
    }

    /**
     * A frame contract that is linked to many deals of the steady workload, the first ones, as fast as the contracts allow, two
     * events a second; and when that is done, it gets a fact every five seconds.
     */
    static BackgroundLoad ofFrameContract(LatencyPlan plan) {
        String contract = "docflow:contract:K-frame";
        List<Call> due = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        for (int deal = 0; deal < plan.stalls().linkedDeals(); deal++) {
            roots.add(DealWorkload.root(deal));
        }
        long at = 0;
        int posted = 0;
        for (int from = 0; from < roots.size(); from += MOST_LINKS) {
            List<String> links = roots.subList(from, Math.min(roots.size(), from + MOST_LINKS));
            due.add(new Call(
                    at, batch(List.of(event("docflow.contract.drafted", contract, posted++, "Frame", links)))));
            at += TimeUnit.MILLISECONDS.toNanos(LINK_EVERY_MS);
        }
        long end = TimeUnit.SECONDS.toNanos(plan.stalls().seconds());
        for (at += TimeUnit.SECONDS.toNanos(1); at < end; at += TimeUnit.SECONDS.toNanos(5)) {
            due.add(new Call(
                    at,
                    batch(List.of(
                            event("docflow.contract.signed", contract, posted++, "Frame " + posted, List.of())))));
        }
        List<UUID> deals = roots.stream()
                .map(root -> MasterDealId.of(new ObjectKey(root)).value())
                .toList();
        return new BackgroundLoad("docflow", due, deals, DealWorkload.EVENTS_OF_A_DEAL + posted);
    }

    private static Event event(String type, String subject, int number, String title, List<String> links) {
        EventType known = Objects.requireNonNull(EventCatalog.bundled().type(type), type);
        UUID id = UUID.nameUUIDFromBytes((subject + "/" + number).getBytes(StandardCharsets.UTF_8));
        return new Event(
                Envelope.builder(id, "/" + known.domain(), type, subject, START.plusSeconds(number))
                        .sequence(number + 1L)
                        .build(),
                new GenericRecordBuilder(known.schema())
                        .set("links", links)
                        .set("title", title)
                        .build());
    }

    private static String batch(List<Event> events) {
        EventJson json = new EventJson(EventCatalog.bundled());
        return events.stream()
                .map(event -> json.write(event).toString())
                .toList()
                .toString();
    }
}
