/** Which objects belong to which deals: links and references between objects, and their closure. */
@NullMarked
package io.masterdeal.facts.placement;

import org.jspecify.annotations.NullMarked;
