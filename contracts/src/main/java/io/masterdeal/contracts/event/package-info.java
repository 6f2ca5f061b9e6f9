/**
 * The event: its envelope, its data, and the rules that every event has to follow.
 */
@NullMarked
package io.masterdeal.contracts.event;

import org.jspecify.annotations.NullMarked;
