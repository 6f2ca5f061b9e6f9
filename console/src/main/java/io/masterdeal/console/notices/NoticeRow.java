package io.masterdeal.console.notices;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice in the list.
 *
 * @param state pending, sent or given_up
 * @param doneAt when it was sent or given up, UTC; null while it waits
 */
public record NoticeRow(
        UUID id,
        String channel,
        String title,
        Instant createdAt,
        int attempts,
        String state,
        String lastError,
        @Nullable Instant doneAt) {}
