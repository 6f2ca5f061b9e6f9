package io.masterdeal.router.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subscription as it is stored.
 *
 * @param id its number in the ledger, the same for all its versions
 * @param version counted from 1; goes on after it was deleted and created again
 * @param subscription its content
 * @param definition the document it was read from
 * @param origin who may change it
 * @param changedAt when this version was created, UTC
 * @param changedBy the person who changed it, or the owner of the key if no person was named, or {@code file} or {@code masterdeal}
 * @param stopped why nothing is sent although it is not paused; null if it is served
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
     * The filter exceeded its budget of time or memory for an event.
     *
     * @param since when, UTC
     * @param eventId the event
     * @param because the reason
     */
    public record Stop(Instant since, String eventId, String because) {}

    /** Where a subscription comes from. */
    public enum Origin {
        /** From the API, and may be changed there. */
        API,
        /** From a file that is read at startup; changed only by changing the file. */
        FILE,
        /** Part of the platform. */
        BUNDLED
    }

    /** Its name. */
    public String name() {
        return subscription.name();
    }
}
