/** The Camel components that routes may use, with limits, and the values of their parameters, which are never part of an address. */
@NullMarked
package io.masterdeal.routes.endpoints;

import org.jspecify.annotations.NullMarked;
