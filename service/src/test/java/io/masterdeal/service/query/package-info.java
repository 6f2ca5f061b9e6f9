/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.query;

import org.jspecify.annotations.NullMarked;
