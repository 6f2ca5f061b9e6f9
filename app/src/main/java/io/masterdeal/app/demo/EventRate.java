package io.masterdeal.app.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Events a second, over the last few seconds. */
final class EventRate {

    private static final int SAMPLES = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long count) {}

    /** Takes how many there were until now; returns how many a second there are. */
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
