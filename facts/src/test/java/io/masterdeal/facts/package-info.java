/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.facts;

import org.jspecify.annotations.NullMarked;
