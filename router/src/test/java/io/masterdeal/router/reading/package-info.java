/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.router.reading;

import org.jspecify.annotations.NullMarked;
