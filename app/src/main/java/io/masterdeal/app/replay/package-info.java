/** Sends an event log to a platform as its domains would, waits until every event is accounted for, and writes the answers. */
@NullMarked
package io.masterdeal.app.replay;

import org.jspecify.annotations.NullMarked;
