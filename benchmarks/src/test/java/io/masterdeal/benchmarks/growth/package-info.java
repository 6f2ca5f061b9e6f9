/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
