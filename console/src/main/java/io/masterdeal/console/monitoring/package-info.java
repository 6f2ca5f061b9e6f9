/** How the platform does: samples of all processes, the four figures of integration monitoring, and {@code error.event} by reason. */
@NullMarked
package io.masterdeal.console.monitoring;

import org.jspecify.annotations.NullMarked;
