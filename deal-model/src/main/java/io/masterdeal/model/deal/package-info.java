/**
 * From facts to deals: which objects belong to which deal, the stage at every instant, and why. {@link
 * io.masterdeal.model.deal.FactSet} answers for all deals at once and is the definition; {@link
 * io.masterdeal.model.deal.DealFold} answers for one deal, and goes on from where it stopped.
 */
@NullMarked
package io.masterdeal.model.deal;

import org.jspecify.annotations.NullMarked;
