/** How fast the clocks of deals are evaluated, and what they cost the intake. */
@NullMarked
package io.masterdeal.benchmarks.sla;

import org.jspecify.annotations.NullMarked;
