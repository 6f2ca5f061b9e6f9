/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.publish;

import org.jspecify.annotations.NullMarked;
