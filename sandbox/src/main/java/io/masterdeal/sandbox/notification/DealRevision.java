package io.masterdeal.sandbox.notification;

import tools.jackson.databind.JsonNode;

/**
 * Which of two events of a deal is the newer: the one with the greater epoch, and of one epoch the one with the greater revision.
 *
 * @param epoch 0 in events older than that field
 * @param revision from 1
 */
record DealRevision(long epoch, long revision) {

    /** The version of a canonical event's data. */
    static DealRevision of(JsonNode data) {
        return new DealRevision(
                data.path("epoch").longValue(0), data.path("revision").longValue());
    }

    boolean isNewerThan(DealRevision other) {
        return epoch != other.epoch ? epoch > other.epoch : revision > other.revision;
    }
}
