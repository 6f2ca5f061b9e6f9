/**
 * {@code POST /events}: who may publish what, events out of HTTP requests, what is answered, and what becomes of events that
 * are refused.
 */
@NullMarked
package io.masterdeal.gateway.events;

import org.jspecify.annotations.NullMarked;
