package io.masterdeal.app.demo;

import io.masterdeal.contracts.event.Event;
import java.util.concurrent.atomic.LongAdder;

/** Counts the canonical events about SLA. Thread-safe. */
final class SlaStatements {

    private final LongAdder warned = new LongAdder();

    private final LongAdder breached = new LongAdder();

    private final LongAdder closedLate = new LongAdder();

    private final LongAdder retracted = new LongAdder();

    /** Counts an event if it is about SLA; all others are ignored. */
    void read(Event event) {
        switch (event.envelope().type()) {
            case "masterdeal.sla.warned" -> warned.increment();
            case "masterdeal.sla.breached" -> (isFinal(event) ? closedLate : breached).increment();
            case "masterdeal.sla.retracted" -> retracted.increment();
            default -> {}
        }
    }

    /** Whether it says that a deal was closed, after its whole time was spent. */
    private static boolean isFinal(Event event) {
        return event.data().hasField("final")
                && Boolean.TRUE.equals(event.data().get("final"));
    }

    SlaCounts.Told told() {
        return new SlaCounts.Told(warned.sum(), breached.sum(), closedLate.sum(), retracted.sum());
    }
}
