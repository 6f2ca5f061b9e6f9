/** How fast, and how evenly, canonical events reach subscribers. */
@NullMarked
package io.masterdeal.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
