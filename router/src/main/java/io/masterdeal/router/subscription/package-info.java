/**
 * Subscriptions: who gets which events, where, in which order and with which retries. The entry point is {@link
 * io.masterdeal.router.subscription.Subscriptions}.
 */
@NullMarked
package io.masterdeal.router.subscription;

import org.jspecify.annotations.NullMarked;
