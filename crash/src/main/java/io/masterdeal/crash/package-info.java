/** Runs that disturb a whole platform while it works, and what came of them. */
@NullMarked
package io.masterdeal.crash;

import org.jspecify.annotations.NullMarked;
