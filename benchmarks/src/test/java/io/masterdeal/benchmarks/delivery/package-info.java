/** The benchmark of deliveries does what it says. */
@NullMarked
package io.masterdeal.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
