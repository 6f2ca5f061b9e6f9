/** Tests of the components that routes may use. */
@NullMarked
package io.masterdeal.routes.endpoints;

import org.jspecify.annotations.NullMarked;
