/** Tests that kill, pause and starve a whole platform while it works. */
@NullMarked
package io.masterdeal.crash;

import org.jspecify.annotations.NullMarked;
