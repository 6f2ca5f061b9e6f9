package io.masterdeal.app.replay.log;

import java.util.Iterator;
import java.util.OptionalLong;

/**
 * The events of one or several logs, one after the other, read on demand, so a log may be larger than
 * memory. Both methods of the iterator throw {@link EventLogException} if a file cannot be read any further. Not safe for
 * use by several threads.
 */
public interface EventLog extends Iterator<ReplayEvent>, AutoCloseable {

    /** How many problems have been reported so far. */
    long problems();

    /** The total number of events, if it is known before they are read: after a shuffle or repetition. */
    OptionalLong total();

    /** Closes open files and deletes temporary ones. */
    @Override
    void close();
}
