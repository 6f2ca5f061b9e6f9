package io.masterdeal.console.alerts;

import java.time.Instant;

/**
 * What a channel was last told of an alert.
 *
 * @param state firing or resolved
 * @param at when, UTC
 */
public record Told(AlertState state, Instant at) {}
