/** Which tests need not run again. */
@NullMarked
package io.masterdeal.testbed.changed;

import org.jspecify.annotations.NullMarked;
