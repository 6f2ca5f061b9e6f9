/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.rulesets;

import org.jspecify.annotations.NullMarked;
