/** Proofs of the package of the same name. */
@NullMarked
package io.masterdeal.service.kafka;

import org.jspecify.annotations.NullMarked;
