/** Tells a platform an event log, as its domains would, waits until all is accounted for, and writes down the answer. */
@NullMarked
package io.masterdeal.app.replay;

import org.jspecify.annotations.NullMarked;
