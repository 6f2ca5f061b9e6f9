package io.masterdeal.app.replay.log;

import java.io.Closeable;
import java.io.IOException;

/** Reads one file item by item. */
interface LogReader extends Closeable {

    /** Takes what is read. */
    interface Sink {
        void event(ReplayEvent event);

        void problem(LogProblem problem);
    }

    /**
     * Reads the next item: a row, a line, a piece of a trace. It may give no event, or several.
     *
     * @return false at the end of the file
     * @throws EventLogException if the file is damaged so that the rest cannot be read
     */
    boolean read(Sink sink) throws IOException;
}
