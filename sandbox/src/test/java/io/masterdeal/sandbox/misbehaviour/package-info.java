/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.sandbox.misbehaviour;

import org.jspecify.annotations.NullMarked;
