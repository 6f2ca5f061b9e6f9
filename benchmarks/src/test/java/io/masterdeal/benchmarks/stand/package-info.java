/** Where the tests of benchmarks run them. */
@NullMarked
package io.masterdeal.benchmarks.stand;

import org.jspecify.annotations.NullMarked;
