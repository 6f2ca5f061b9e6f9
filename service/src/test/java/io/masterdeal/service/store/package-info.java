/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.store;

import org.jspecify.annotations.NullMarked;
