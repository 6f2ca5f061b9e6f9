/**
 * What the service keeps in PostgreSQL: facts and retractions, which are the truth, and the caches made from them
 * (links, placements, deals). {@link io.masterdeal.service.store.FactStore} is the way in.
 */
@NullMarked
package io.masterdeal.service.store;

import org.jspecify.annotations.NullMarked;
