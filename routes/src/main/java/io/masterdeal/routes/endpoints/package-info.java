/** The components that routes may use, with bounds; and the values of their parameters, which never stand in an address. */
@NullMarked
package io.masterdeal.routes.endpoints;

import org.jspecify.annotations.NullMarked;
