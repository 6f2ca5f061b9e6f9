/** Where the tests of benchmarks run them. */
@NullMarked
package io.masterdeal.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
