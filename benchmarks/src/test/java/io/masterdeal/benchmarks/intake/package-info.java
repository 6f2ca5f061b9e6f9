/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
