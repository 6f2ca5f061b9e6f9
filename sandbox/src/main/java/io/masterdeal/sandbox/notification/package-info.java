/**
 * Notifications of the systems by subscription: signed events that arrive by HTTP, at least once. Their receivers, and what each of
 * them stores.
 */
@NullMarked
package io.masterdeal.sandbox.notification;

import org.jspecify.annotations.NullMarked;
