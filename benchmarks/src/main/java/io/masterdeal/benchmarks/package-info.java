/** What is measured, and how: each figure beside a ceiling taken in the same run. */
@NullMarked
package io.masterdeal.benchmarks;

import org.jspecify.annotations.NullMarked;
