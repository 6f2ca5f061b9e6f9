/**
 * What every endpoint of the gateway needs: problems, and bodies that are read only so far. {@link
 * io.masterdeal.gateway.http.RefusedException} ends a request.
 */
@NullMarked
package io.masterdeal.gateway.http;

import org.jspecify.annotations.NullMarked;
