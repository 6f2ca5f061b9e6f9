/**
 * Sends pending deliveries to the sinks, with a worker for each subscription, so that none waits for another. The entry point
 * is {@link io.masterdeal.router.delivery.SubscriptionWorkers}.
 */
@NullMarked
package io.masterdeal.router.delivery;

import org.jspecify.annotations.NullMarked;
