/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
