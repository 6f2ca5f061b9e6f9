/** How times are taken: when something is due, how long it took, and the figures for many of them. */
@NullMarked
package io.masterdeal.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
