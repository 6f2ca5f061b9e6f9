package io.masterdeal.sandbox.publish;

import org.jspecify.annotations.Nullable;

/**
 * An event that a domain emitted, and its state.
 *
 * @param number its position among all, from 1
 * @param json the event in structured mode, UTF-8; must not be modified
 * @param correlationId of the story it belongs to
 * @param sentAt when the gateway first accepted it, in ms since 1970; null if it has not
 * @param lost whether it is never sent
 * @param copies how many times the gateway accepted it
 * @param refused why the gateway refused it; null if it did not
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; one array for all views of an event.
public record LedgerEntry(
        long number,
        byte[] json,
        String correlationId,
        @Nullable Long sentAt,
        boolean lost,
        int copies,
        @Nullable String refused) {}
