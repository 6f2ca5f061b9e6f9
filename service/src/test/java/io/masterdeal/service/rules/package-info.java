/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.rules;

import org.jspecify.annotations.NullMarked;
