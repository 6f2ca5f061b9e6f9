package io.masterdeal.app.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rate of a growing count over the last few seconds. */
final class RateMeter {

    private static final int SAMPLES = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long count) {}

    /** Takes the count so far; returns how much it grows in a second. */
    double of(long count) {
        samples.addLast(new Sample(System.nanoTime(), count));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return last.nanos() == first.nanos()
                ? 0
                : (last.count() - first.count()) * 1e9 / (last.nanos() - first.nanos());
    }
}
