/** The console with very many deals: how long its questions take, what it holds in memory, how long it takes to start. */
@NullMarked
package io.masterdeal.benchmarks.console;

import org.jspecify.annotations.NullMarked;
