/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.router.intake;

import org.jspecify.annotations.NullMarked;
