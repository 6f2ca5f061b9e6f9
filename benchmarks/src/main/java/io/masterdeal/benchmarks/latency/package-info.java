/** How long an event takes from the sender to the canonical event it causes, and how long a deal takes to be read. */
@NullMarked
package io.masterdeal.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
