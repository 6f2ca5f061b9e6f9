package io.masterdeal.sandbox.publish;

import org.jspecify.annotations.Nullable;

/**
 * An event that a domain meant to tell, and what became of it.
 *
 * @param number its place among all, from 1
 * @param json the event in structured mode, UTF-8; not to be changed
 * @param correlationId of the story it belongs to
 * @param sentAt when the gateway took it first, in ms since 1970; null if it has not
 * @param lost whether it is never told
 * @param copies how often the gateway took it
 * @param refused why the gateway never will; null if nothing is known to be wrong
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; one array for all views of an event.
public record LedgerEntry(
        long number,
        byte[] json,
        String correlationId,
        @Nullable Long sentAt,
        boolean lost,
        int copies,
        @Nullable String refused) {}
