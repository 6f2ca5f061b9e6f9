/** Tests of the made-up deals and of the expected report. */
@NullMarked
package io.masterdeal.crash.story;

import org.jspecify.annotations.NullMarked;
