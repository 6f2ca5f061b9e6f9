/** Synthetic deals as events, the same for the same seed. */
@NullMarked
package io.masterdeal.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
