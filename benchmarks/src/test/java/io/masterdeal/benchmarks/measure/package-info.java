/** Times are taken as they should be. */
@NullMarked
package io.masterdeal.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
