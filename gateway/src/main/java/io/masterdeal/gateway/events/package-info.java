/**
 * {@code POST /events}: who may publish what, events out of HTTP requests, the answers, and what happens to refused
 * events.
 */
@NullMarked
package io.masterdeal.gateway.events;

import org.jspecify.annotations.NullMarked;
