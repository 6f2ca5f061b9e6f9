/** Tests of the random deals and of the expected report. */
@NullMarked
package io.masterdeal.crash.workload;

import org.jspecify.annotations.NullMarked;
