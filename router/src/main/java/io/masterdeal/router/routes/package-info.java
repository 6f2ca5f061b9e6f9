/** The engine of routes, as far as the router has one: what subscriptions with a route as sink need of it. */
@NullMarked
package io.masterdeal.router.routes;

import org.jspecify.annotations.NullMarked;
