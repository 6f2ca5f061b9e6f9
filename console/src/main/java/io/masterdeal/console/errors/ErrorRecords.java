package io.masterdeal.console.errors;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the errors of a group, the newest first.
 *
 * @param next give it as {@code before} for the next page; null if there is none
 */
public record ErrorRecords(
        String reason,
        String stage,
        String domain,
        List<ErrorRow> items,
        @Nullable Instant next) {}
