/** Whether the intake stays as fast, and the service as small, when many deals are stored. */
@NullMarked
package io.masterdeal.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
