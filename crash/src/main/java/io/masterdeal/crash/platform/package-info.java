/** A whole platform of separate processes on this machine, each of which may be killed, paused and started again. */
@NullMarked
package io.masterdeal.crash.platform;

import org.jspecify.annotations.NullMarked;
