package io.masterdeal.sandbox.simulation;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.sandbox.system.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/**
 * A request for a run.
 *
 * @param deals how many; 0 for an endless run
 * @param rate how many are started per second
 * @param seed determines the stories and all random choices in them
 * @param tag part of all ids; unique for each run
 */
record RunRequest(int deals, double rate, long seed, String tag) {
    private static final Set<String> MEMBERS = Set.of("deals", "rate", "seed", "tag");
    private static final int MOST_DEALS = 1_000_000;
    private static final double LEAST_RATE = 0.001;
    private static final double GREATEST_RATE = 1000;

    /**
     * Reads a request.
     *
     * @throws Refusal with every error found
     */
    static RunRequest read(JsonNode body) {
        var errors = new ArrayList<Violation>();
        Members.checkKnown(body, MEMBERS, errors);
        int deals = (int) Members.number(body, "deals", 200, 0, MOST_DEALS, errors);
        double rate = body.path("rate").asDouble(5);
        if ((body.has("rate") && !body.path("rate").isNumber()) || rate < LEAST_RATE || rate > GREATEST_RATE) {
            errors.add(new Violation("/rate", "must be a number from " + LEAST_RATE + " to " + GREATEST_RATE));
        }
        long seed = Members.number(
                body, "seed", ThreadLocalRandom.current().nextInt(1_000_000), Long.MIN_VALUE, Long.MAX_VALUE, errors);
        String tag = body.path("tag")
                .asString(Integer.toString(
                        ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36, Integer.MAX_VALUE), 36));
        if (!tag.matches("[a-z0-9]{1,16}")) {
            errors.add(new Violation("/tag", "must be 1 to 16 of a-z and 0-9"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(List.copyOf(errors));
        }
        return new RunRequest(deals, rate, seed, tag);
    }
}
