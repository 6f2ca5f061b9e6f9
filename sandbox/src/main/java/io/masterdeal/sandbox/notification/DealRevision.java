package io.masterdeal.sandbox.notification;

import tools.jackson.databind.JsonNode;

/**
 * The version of an event of a deal: ordered by epoch, then by revision.
 *
 * @param epoch 0 in events without that field
 * @param revision from 1
 */
record DealRevision(long epoch, long revision) {

    /** Reads the version from the data of a canonical event. */
    static DealRevision of(JsonNode data) {
        return new DealRevision(
                data.path("epoch").longValue(0), data.path("revision").longValue());
    }

    boolean isNewerThan(DealRevision other) {
        return epoch != other.epoch ? epoch > other.epoch : revision > other.revision;
    }
}
