/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.router.deadletter;

import org.jspecify.annotations.NullMarked;
