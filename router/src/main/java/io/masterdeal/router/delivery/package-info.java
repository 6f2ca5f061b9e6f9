/**
 * Brings what is pending to the sinks: a worker for each subscription, so that none waits for another. {@link
 * io.masterdeal.router.delivery.SubscriptionWorkers} is the way in.
 */
@NullMarked
package io.masterdeal.router.delivery;

import org.jspecify.annotations.NullMarked;
