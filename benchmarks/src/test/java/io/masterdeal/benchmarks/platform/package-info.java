/** The servers on which tests run benchmarks. */
@NullMarked
package io.masterdeal.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
