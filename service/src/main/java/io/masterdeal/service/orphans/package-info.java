/** The objects that reach no deal: why, where they may belong, and what an operator does about them. */
@NullMarked
package io.masterdeal.service.orphans;

import org.jspecify.annotations.NullMarked;
