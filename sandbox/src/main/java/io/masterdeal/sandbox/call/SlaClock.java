package io.masterdeal.sandbox.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A clock of a deal, as MasterDeal reports it.
 *
 * @param policy what it measures
 * @param object key of the object whose clock it is; null for a clock of the deal
 * @param state {@code running}, {@code paused}, {@code met}, {@code breached} or {@code cancelled}
 * @param atRisk whether it is still counting, a warning has passed, and its target is not spent
 * @param breached whether its target was spent, also if it was cancelled later
 */
public record SlaClock(String policy, @Nullable String object, String state, boolean atRisk, boolean breached) {

    /**
     * Reads the clocks from an answer of MasterDeal, or from the data of a canonical event.
     *
     * @param deal JSON with an array {@code sla}
     * @return the clocks in their order; empty if there is no such array
     */
    public static List<SlaClock> read(JsonNode deal) {
        return deal.path("sla").valueStream().map(SlaClock::of).toList();
    }

    private static SlaClock of(JsonNode clock) {
        String state = clock.path("state").asString("");
        boolean breached = !isAbsent(clock.path("breached_at"));
        boolean open = state.equals("running") || state.equals("paused");
        boolean warned = !clock.path("warned_at").isEmpty();
        return new SlaClock(
                clock.path("policy").asString(""),
                clock.path("object").stringValue(null),
                state,
                clock.path("at_risk").booleanValue(open && warned && !breached),
                breached);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /**
     * The clock in words.
     *
     * @return such as {@code legal-review of legal:case:C-1: breached}
     */
    public String text() {
        String what = breached ? "breached" : atRisk ? "at risk" : state;
        return policy + (object == null ? "" : " of " + object) + ": " + what;
    }
}
