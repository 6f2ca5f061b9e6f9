/** The figures of the benchmarks, with what is needed to judge them. */
@NullMarked
package io.masterdeal.app.bench;

import org.jspecify.annotations.NullMarked;
