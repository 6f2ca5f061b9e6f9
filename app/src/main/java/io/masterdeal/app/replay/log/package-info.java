/**
 * Event logs as a stream of domain events: XES and CSV through a mapping, CloudEvents lines as they are, shuffled and
 * repeated on demand. The way in is {@link io.masterdeal.app.replay.log.EventLogs}.
 */
@NullMarked
package io.masterdeal.app.replay.log;

import org.jspecify.annotations.NullMarked;
