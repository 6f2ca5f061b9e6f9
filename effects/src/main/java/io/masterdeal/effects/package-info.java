/**
 * Commands to domain systems: reactions say what a new fact asks for, effects are the rows that remember it, and the
 * dispatcher sends them by way of the gateway. {@link io.masterdeal.effects.EffectsLifecycle} starts and stops it.
 */
@NullMarked
package io.masterdeal.effects;

import org.jspecify.annotations.NullMarked;
