package io.masterdeal.crash.history;

import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/**
 * An event that the gateway has answered with 202.
 *
 * @param id its id
 * @param said type, subject, time and links in one line
 */
public record SentEvent(String id, String said) {

    /**
     * What an event says, as one line to compare.
     *
     * @param type event type
     * @param subject object key
     * @param time when it occurred, UTC
     * @param links object keys in any order
     */
    public static String said(String type, String subject, Instant time, Collection<String> links) {
        return type + " of " + subject + " at " + time.toEpochMilli() + " with links " + new TreeSet<>(links);
    }
}
