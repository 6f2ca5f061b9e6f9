/** What a measurement runs on: servers of its own, thrown away after it, and processes of the service. */
@NullMarked
package io.masterdeal.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
