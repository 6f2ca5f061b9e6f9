/**
 * Where the time of a test run goes. With {@code MASTERDEAL_TEST_TIMES} naming a directory, every JVM of the run writes its spans
 * there (test classes, application contexts, platforms, waiting for servers), and
 * {@link io.masterdeal.testbed.times.TimesReport} makes tables of them. Without it nothing is measured.
 */
@NullMarked
package io.masterdeal.testbed.times;

import org.jspecify.annotations.NullMarked;
