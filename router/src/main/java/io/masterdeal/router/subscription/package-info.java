/**
 * Subscriptions: who gets which events, where, in which order and with how much patience. {@link
 * io.masterdeal.router.subscription.Subscriptions} is the way in.
 */
@NullMarked
package io.masterdeal.router.subscription;

import org.jspecify.annotations.NullMarked;
