/**
 * What the proofs of the model share: the three rule sets, facts in short, random histories, and the oracle, an
 * independent implementation of the same definitions.
 */
@NullMarked
package io.masterdeal.model.proof;

import org.jspecify.annotations.NullMarked;
