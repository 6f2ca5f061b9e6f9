package io.masterdeal.router.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subscription as it is kept.
 *
 * @param id its number in the ledger, the same for all its versions
 * @param version counted from 1, across deletion and creation anew
 * @param subscription what it says
 * @param definition the document it was read from
 * @param origin who may change it
 * @param changedAt when this version was made, UTC
 * @param changedBy whose key it was, or {@code file} or {@code masterdeal}
 * @param stopped why nothing is sent, though it is not paused; null if it is served
 */
public record StoredSubscription(
        int id,
        int version,
        Subscription subscription,
        JsonNode definition,
        Origin origin,
        Instant changedAt,
        String changedBy,
        @Nullable Stop stopped) {

    /**
     * The filter took too much time or memory for an event.
     *
     * @param since when, UTC
     * @param eventId the event
     * @param because how it came
     */
    public record Stop(Instant since, String eventId, String because) {}

    /** Where a subscription comes from. */
    public enum Origin {
        /** From the API, which may change it. */
        API,
        /** From a file that is read at the start; to change it, change the file. */
        FILE,
        /** Part of the platform. */
        BUNDLED
    }

    /** Its name. */
    public String name() {
        return subscription.name();
    }
}
