/**
 * Asks the service where deals stand, and shows it to people: one with {@link io.masterdeal.app.ask.DealSheet}, many with
 * {@link io.masterdeal.app.ask.DealTable}.
 */
@NullMarked
package io.masterdeal.app.ask;

import org.jspecify.annotations.NullMarked;
