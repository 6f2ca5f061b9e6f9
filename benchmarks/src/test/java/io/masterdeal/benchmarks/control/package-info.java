/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.benchmarks.control;

import org.jspecify.annotations.NullMarked;
