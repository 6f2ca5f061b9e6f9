/**
 * What every endpoint of the gateway needs: problems, the answers that tell of them, and bodies that are read only so far.
 * {@link io.masterdeal.gateway.http.RefusedException} ends a request, {@link io.masterdeal.gateway.http.Answer} is written.
 */
@NullMarked
package io.masterdeal.gateway.http;

import org.jspecify.annotations.NullMarked;
