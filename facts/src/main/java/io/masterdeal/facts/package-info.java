/**
 * What the service keeps in PostgreSQL: facts and retractions, which are the truth, and the caches made from them
 * (links, placements, deals). {@link io.masterdeal.facts.FactStore} is the way in.
 */
@NullMarked
package io.masterdeal.facts;

import org.jspecify.annotations.NullMarked;
