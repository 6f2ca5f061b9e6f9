package io.masterdeal.app.replay.log;

import java.util.Iterator;
import java.util.OptionalLong;

/**
 * The events of one or several logs, one after the other. Only what is asked for is read, so a log may be larger than
 * memory. Both methods of the iterator throw {@link EventLogException} if a file cannot be read any further. Not safe for
 * use by several threads.
 */
public interface EventLog extends Iterator<ReplayEvent>, AutoCloseable {

    /** How many problems have been reported so far. */
    long problems();

    /** How many events there are in all, where that is known before they are read: after a shuffle or repetition. */
    OptionalLong total();

    /** Closes what is open and deletes what was written aside. */
    @Override
    void close();
}
