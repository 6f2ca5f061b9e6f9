/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.benchmarks.sla;

import org.jspecify.annotations.NullMarked;
