/**
 * Facts and retractions in PostgreSQL, which are the truth, and the caches made from them (links, placements, deals). {@link
 * io.masterdeal.facts.FactStore} is the way in; reactions and deal listeners take part in its transactions.
 */
@NullMarked
package io.masterdeal.facts;

import org.jspecify.annotations.NullMarked;
