package io.masterdeal.benchmarks.workload;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * Deals of seven events each, from lead to closeout, sent by five systems: many are in progress at the same time, each one step
 * after the other, as in a company that opens a steady number of deals a day.
 *
 * @param firstDeal number of the first deal
 * @param deals how many
 * @param seed decides ids, amounts, and the order of events that are due at the same moment
 * @param order in which order the events are sent; their times are the same in all
 * @param overlap how many other deals begin between two steps of a deal: seven times as many are under way at once. The
 *     more, the more deals a batch of events changes, and the more canonical events there are
 * @param times when the events happened
 */
public record DealWorkload(int firstDeal, int deals, long seed, Order order, int overlap, Times times) {

    /** Events of one deal. */
    public static final int EVENTS_OF_A_DEAL = 7;

    /** Of a company that works its deals off: some 350 are under way. */
    public static final int LITTLE_OVERLAP = 50;

    /** Of one that has some 7,000 under way, so that hardly two events of a batch belong to one deal. */
    public static final int MUCH_OVERLAP = 1000;

    /**
     * When events happened.
     *
     * @param start when the first deal began
     * @param step from the beginning of a deal to that of the next; whole ms
     */
    public record Times(Instant start, Duration step) {

        /** Some weeks of 2026. */
        public static final Times PAST = new Times(Instant.parse("2026-02-02T06:00:00Z"), Duration.ofSeconds(20));
    }

    /** The order in which events are sent. */
    public enum Order {
        /** As they happened. */
        AS_HAPPENED,
        /** The last one first: every event is late. */
        REVERSED
    }

    /** Deals that overlap little. */
    public DealWorkload(int firstDeal, int deals, long seed, Order order) {
        this(firstDeal, deals, seed, order, LITTLE_OVERLAP);
    }

    /** Deals of the past. */
    public DealWorkload(int firstDeal, int deals, long seed, Order order, int overlap) {
        this(firstDeal, deals, seed, order, overlap, Times.PAST);
    }

    /** The same deals, worked off in the moments before an instant. */
    public DealWorkload until(Instant end) {
        Duration step = Duration.ofMillis(1);
        Instant start = end.minus(step.multipliedBy(deals + (long) EVENTS_OF_A_DEAL * overlap));
        return new DealWorkload(firstDeal, deals, seed, order, overlap, new Times(start, step));
    }

    /** How many events there are. */
    public int events() {
        return deals * EVENTS_OF_A_DEAL;
    }

    /** Gives every event, in the order of sending. */
    public void tell(Consumer<Event> listener) {
        List<int[]> steps = new ArrayList<>(events());
        Random random = new Random(seed);
        long[] at = new long[events()];
        for (int deal = 0; deal < deals; deal++) {
            for (int step = 0; step < EVENTS_OF_A_DEAL; step++) {
                int index = deal * EVENTS_OF_A_DEAL + step;
                at[index] = deal + (long) step * overlap + random.nextInt(overlap / 2);
                steps.add(new int[] {deal, step});
            }
        }
        steps.sort((a, b) -> Long.compare(at[a[0] * EVENTS_OF_A_DEAL + a[1]], at[b[0] * EVENTS_OF_A_DEAL + b[1]]));
        if (order == Order.REVERSED) {
            Collections.reverse(steps);
        }
        for (int[] step : steps) {
            long begun = at[step[0] * EVENTS_OF_A_DEAL + step[1]];
            Instant happened = times.start().plus(times.step().multipliedBy(begun));
            listener.accept(event(firstDeal + step[0], step[1], happened));
        }
    }

    /**
     * Key of a deal's root.
     *
     * @param deal its number
     */
    public static String root(int deal) {
        return "crm:deal:D-" + deal;
    }

    private Event event(int deal, int step, Instant time) {
        String root = root(deal);
        String contract = "docflow:contract:K-" + deal;
        return switch (step) {
            case 0 -> event(deal, step, "crm.deal.created", root, 1, time, Map.of("client", "Client " + deal % 997));
            case 1 -> event(deal, step, "crm.brief.submitted", root, 2, time, Map.of("title", "Campaign " + deal));
            case 2 -> event(deal, step, "media.mediaplan.ready", "media:mediaplan:MP-" + deal, 1, time, Map.of(), root);
            case 3 ->
                event(deal, step, "docflow.contract.signed", contract, 1, time, Map.of("number", "K-" + deal), root);
            case 4 -> event(deal, step, "legal.approved", "legal:case:L-" + deal, 1, time, Map.of(), contract);
            case 5 ->
                event(
                        deal,
                        step,
                        "dcm.invoice.issued",
                        "dcm:invoice:I-" + deal,
                        1,
                        time,
                        Map.of("amount", Integer.toString(100_000 + deal % 90_000), "currency", "RUB"),
                        contract);
            default -> event(deal, step, "dcm.closeout.completed", "dcm:closeout:C-" + deal, 1, time, Map.of(), root);
        };
    }

    private Event event(
            int deal,
            int step,
            String type,
            String subject,
            long sequence,
            Instant time,
            Map<String, String> fields,
            String... links) {
        EventType known = Objects.requireNonNull(EventCatalog.bundled().type(type), type);
        GenericRecordBuilder data = new GenericRecordBuilder(known.schema()).set("links", List.of(links));
        fields.forEach(data::set);
        UUID id = new UUID(mix(seed, deal), mix(deal, step + 1L));
        return new Event(
                Envelope.builder(id, "/" + known.domain(), type, subject, time)
                        .sequence(sequence)
                        .correlationId("deal-" + deal)
                        .build(),
                data.build());
    }

    /** SplitMix64 (Steele, Lea, Flood 2014): ids that look random and are the same every time. */
    private static long mix(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b * 0xD1B54A32D192ED03L + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
