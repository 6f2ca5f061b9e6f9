package io.masterdeal.console.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of alerts.
 *
 * @param shown which of them: firing, acknowledged, silenced or history
 * @param items the newest first
 * @param firing how many fire that are neither acknowledged nor silenced
 * @param acknowledged how many fire and are acknowledged
 * @param silenced how many fire and are silenced
 * @param silences that have not ended
 * @param next of the history: give it as {@code before} for the next page; null if there is none
 * @param complete false if PostgreSQL is away and only the memory of this process is shown
 */
public record AlertList(
        String shown,
        List<Alert> items,
        int firing,
        int acknowledged,
        int silenced,
        List<Silence> silences,
        @Nullable Instant next,
        boolean complete) {}
