/** Tests of the checker of histories. */
@NullMarked
package io.masterdeal.crash.history;

import org.jspecify.annotations.NullMarked;
