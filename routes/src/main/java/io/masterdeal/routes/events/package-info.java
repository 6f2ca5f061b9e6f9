/** The component {@code masterdeal:}, by which a route publishes domain events, and what becomes of those that are refused. */
@NullMarked
package io.masterdeal.routes.events;

import org.jspecify.annotations.NullMarked;
