/** The router's own access to the route engine: routes as sinks of subscriptions. */
@NullMarked
package io.masterdeal.router.routes;

import org.jspecify.annotations.NullMarked;
