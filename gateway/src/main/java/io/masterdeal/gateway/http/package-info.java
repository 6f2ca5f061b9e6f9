/**
 * What every endpoint of the gateway needs: problems, and refusals of bodies. {@link
 * io.masterdeal.gateway.http.RefusedRequestException} ends a request.
 */
@NullMarked
package io.masterdeal.gateway.http;

import org.jspecify.annotations.NullMarked;
