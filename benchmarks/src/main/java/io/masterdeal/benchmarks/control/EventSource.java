package io.masterdeal.benchmarks.control;

/** Where the events come from that a transaction of the recording was made of. */
interface EventSource extends AutoCloseable {

    /** Returns when so many events have come, of all. */
    void await(long events);

    /** What is to be committed once all that has come so far is written. */
    Runnable mark();

    @Override
    void close();

    /** No events at all: rows are written as fast as they can be. */
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
