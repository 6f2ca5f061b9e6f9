/**
 * The way in: events from the domains' topics become statements in the store, batch by batch. What is no event of the
 * contracts goes to {@code error.events} with the reason and stops nothing behind it.
 */
@NullMarked
package io.masterdeal.service.intake;

import org.jspecify.annotations.NullMarked;
