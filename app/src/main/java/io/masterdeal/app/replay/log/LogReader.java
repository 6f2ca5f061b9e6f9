package io.masterdeal.app.replay.log;

import java.io.Closeable;
import java.io.IOException;

/** Reads one file item by item. */
interface LogReader extends Closeable {

    /** Where what is read goes. */
    interface Sink {
        void event(ReplayEvent event);

        void problem(LogProblem problem);
    }

    /**
     * Reads the next item: a row, a line, a piece of a trace. It may give nothing, or several events.
     *
     * @return false where the file is at its end
     * @throws EventLogException if the file is damaged in a way that the rest of it cannot be told
     */
    boolean read(Sink sink) throws IOException;
}
