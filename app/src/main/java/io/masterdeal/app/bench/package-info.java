/** What the benchmarks found, with all that is needed to judge it. */
@NullMarked
package io.masterdeal.app.bench;

import org.jspecify.annotations.NullMarked;
