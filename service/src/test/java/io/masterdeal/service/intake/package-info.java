/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.intake;

import org.jspecify.annotations.NullMarked;
