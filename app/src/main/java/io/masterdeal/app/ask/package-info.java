/**
 * Asks the service and the router, and shows the answers to people: a deal with {@link io.masterdeal.app.ask.DealDetails}, deals with
 * {@link io.masterdeal.app.ask.DealListing}.
 */
@NullMarked
package io.masterdeal.app.ask;

import org.jspecify.annotations.NullMarked;
