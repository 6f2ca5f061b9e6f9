/** How times are taken: when something is due, how long it took, and what is told of many of them. */
@NullMarked
package io.masterdeal.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
