/**
 * Event logs as a stream of domain events: XES and CSV through a mapping, CloudEvents lines unchanged, shuffled and
 * repeated on demand. The entry point is {@link io.masterdeal.app.replay.log.EventLogs}.
 */
@NullMarked
package io.masterdeal.app.replay.log;

import org.jspecify.annotations.NullMarked;
