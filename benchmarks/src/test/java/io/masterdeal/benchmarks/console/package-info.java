/** The measurement of the console, tried with few deals. */
@NullMarked
package io.masterdeal.benchmarks.console;

import org.jspecify.annotations.NullMarked;
