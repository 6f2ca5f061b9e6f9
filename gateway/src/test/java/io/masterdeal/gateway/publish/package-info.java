/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.gateway.publish;

import org.jspecify.annotations.NullMarked;
