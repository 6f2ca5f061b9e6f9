/**
 * The event: its envelope, its data, and the rules an event has to keep to be one of ours.
 */
@NullMarked
package io.masterdeal.contracts.event;

import org.jspecify.annotations.NullMarked;
