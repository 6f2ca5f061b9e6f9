package io.masterdeal.benchmarks.control;

/** The source of the events from which the recorded transactions were made. */
interface EventSource extends AutoCloseable {

    /** Returns when this many events have arrived in total. */
    void await(long events);

    /** Returns what commits the offsets of all events that have arrived so far; to be run once they are written. */
    Runnable mark();

    @Override
    void close();

    /** Waits for no events: rows are written as fast as possible. */
    EventSource NONE = new EventSource() {
        @Override
        public void await(long events) {}

        @Override
        public Runnable mark() {
            return () -> {};
        }

        @Override
        public void close() {}
    };
}
