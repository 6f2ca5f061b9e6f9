/** The component {@code masterdeal:}, by which a route publishes domain events, and what happens to rejected items. */
@NullMarked
package io.masterdeal.routes.events;

import org.jspecify.annotations.NullMarked;
