/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.role.kafka;

import org.jspecify.annotations.NullMarked;
