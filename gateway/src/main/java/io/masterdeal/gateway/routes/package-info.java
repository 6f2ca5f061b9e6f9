/**
 * Routes: calls between systems, passed on to where each system is. {@link io.masterdeal.gateway.routes.RoutesConfiguration}
 * builds them from the settings {@code masterdeal.routes.*}.
 */
@NullMarked
package io.masterdeal.gateway.routes;

import org.jspecify.annotations.NullMarked;
