/** The screen of subscriptions and routes: their state, their sums, their versions, and who would get an event. */
@NullMarked
package io.masterdeal.console.subscriptions;

import org.jspecify.annotations.NullMarked;
