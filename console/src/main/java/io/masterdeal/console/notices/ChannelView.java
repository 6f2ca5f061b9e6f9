package io.masterdeal.console.notices;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as people see it, without secrets.
 *
 * @param name of the channel
 * @param kind webhook, mail or chat
 * @param where it goes
 * @param severities what it is told of
 * @param quiet when it is told of pages only; empty for never
 * @param failures since it last worked, in this process
 * @param lastError empty if it works
 * @param lastSentAt null if nothing was sent by this process
 */
public record ChannelView(
        String name,
        String kind,
        String where,
        List<String> severities,
        String quiet,
        int failures,
        String lastError,
        @Nullable Instant lastSentAt) {}
