package io.masterdeal.app.replay;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Waits until the service has accounted for every event sent: it is stored, or kept as an error event. A service that is
 * away for a while is waited for.
 */
final class AccountingWait {

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);

    private static final long POLL_INTERVAL_MS = 250;

    private final PlatformClient service;

    AccountingWait(PlatformClient service) {
        this.service = service;
    }

    /**
     * Waits.
     *
     * @param sentUpTo the highest offset that was sent, by partition
     * @param left takes the number of records and deals left, repeatedly
     * @throws ApiException if there is no progress, or the service does not come back
     */
    void await(Map<String, Long> sentUpTo, LongConsumer left) throws InterruptedException {
        long before = Long.MAX_VALUE;
        long movedAt = System.nanoTime();
        while (true) {
            boolean patient = System.nanoTime() - movedAt < STALL_TIMEOUT.toNanos();
            OptionalLong told = look(sentUpTo, patient);
            told.ifPresent(left);
            long now = told.orElse(before);
            if (now < before) {
                before = now;
                movedAt = System.nanoTime();
            } else if (!patient) {
                throw new ApiException("the service has not moved for " + STALL_TIMEOUT.toMinutes() + " minutes with "
                        + now + " events or deals left; its log and /actuator/health tell why");
            }
            if (now == 0) {
                return;
            }
            Thread.sleep(POLL_INTERVAL_MS);
        }
    }

    /** How much is left; empty if the service does not answer right now. */
    private OptionalLong look(Map<String, Long> sentUpTo, boolean patient) throws InterruptedException {
        try {
            return OptionalLong.of(left(service.get("/intake"), sentUpTo));
        } catch (ApiException e) {
            if (patient && e.isTransient()) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private static long left(JsonNode intake, Map<String, Long> sentUpTo) {
        long left = intake.path("pending_folds").longValue();
        for (JsonNode partition : intake.path("partitions")) {
            String name = partition.path("topic").stringValue() + "-"
                    + partition.path("partition").intValue();
            Long last = sentUpTo.get(name);
            if (last != null) {
                left += Math.max(0, last + 1 - partition.path("committed").longValue());
            }
        }
        return left;
    }
}
