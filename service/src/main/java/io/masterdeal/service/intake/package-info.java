/**
 * The way in: events from the domains' topics become statements in the store, batch by batch. A record that is not an event of
 * the contracts goes to {@code error.events} with the reason, and does not stop what comes after it.
 */
@NullMarked
package io.masterdeal.service.intake;

import org.jspecify.annotations.NullMarked;
