/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.whatif;

import org.jspecify.annotations.NullMarked;
