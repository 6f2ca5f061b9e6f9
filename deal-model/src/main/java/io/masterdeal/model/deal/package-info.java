/**
 * Derives deals from facts: which objects belong to which deal, the stage at every instant, and why. {@link
 * io.masterdeal.model.deal.FactSet} answers for all deals at once and is the reference implementation; {@link
 * io.masterdeal.model.deal.DealFold} answers for one deal and can resume from a kept state.
 */
@NullMarked
package io.masterdeal.model.deal;

import org.jspecify.annotations.NullMarked;
