package io.masterdeal.app.replay.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Repeats some events of a log and puts all of them into random order, for logs larger than memory. The log is written to a
 * temporary file. The shuffle sends each event to one of several buckets, chosen at random, again and again until a bucket
 * fits into memory and is shuffled there (Rao 1961, Sandelius 1962): every order is equally likely. The same seed over the
 * same log gives the same order again.
 *
 * <p>The temporary files are readable by their owner alone and are unlinked while open, so that they are gone even if the
 * process is killed.
 */
public final class EventShuffle implements EventLog {

    private static final long BUCKET_BYTES = 8 << 20;
    private static final int MAX_BUCKETS = 64;

    private final EventLog log;
    private final Path directory;
    private final long bucketBytes;
    private final @Nullable SplittableRandom order;
    private final long total;
    private final Deque<Spool> buckets = new ArrayDeque<>();
    private Iterator<SpooledEvent> current = List.<SpooledEvent>of().iterator();

    private EventShuffle(EventLog log, @Nullable Long seed, double duplicates, Path directory, long bucketBytes)
            throws IOException {
        this.log = log;
        this.directory = directory;
        this.bucketBytes = bucketBytes;
        SplittableRandom random = new SplittableRandom(seed == null ? 0 : seed);
        SplittableRandom choice = random.split();
        this.order = seed == null ? null : random.split();
        Spool all = Spool.in(directory);
        buckets.push(all);
        try {
            while (log.hasNext()) {
                all.add(SpooledEvent.of(log.next()));
            }
            // Half to even, so that 2.5 events of 10 are 2 and 3.5 are 4.
            repeat(all, (long) Math.rint(all.events() * duplicates / 100), choice);
            this.total = all.events();
            if (order == null) {
                current = all.iterator();
            }
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /**
     * Reads a log to its end and returns its events again.
     *
     * @param log the log; closed with the result, or at once if this throws
     * @param seed of the random order; null keeps the order, with the repeated events at the end
     * @param duplicates percent of the events to repeat, 0 or more: exactly that share, rounded half to even, is chosen at
     *     random (each event as often as any other, give or take one)
     * @param directory an existing folder for temporary files, with space for about twice the events as JSON
     * @return all the events, the repeated ones included
     * @throws EventLogException if the log cannot be read
     * @throws IOException if the temporary files cannot be written
     */
    public static EventLog of(EventLog log, @Nullable Long seed, double duplicates, Path directory) throws IOException {
        return of(log, seed, duplicates, directory, BUCKET_BYTES);
    }

    static EventLog of(EventLog log, @Nullable Long seed, double duplicates, Path directory, long bucketBytes)
            throws IOException {
        if (!(duplicates >= 0 && duplicates <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "duplicates: " + duplicates + " percent; give a number from 0 to 1000000");
        }
        try {
            return new EventShuffle(log, seed, duplicates, directory, bucketBytes);
        } catch (IOException e) {
            log.close();
            throw new IOException(
                    "temporary files in " + directory + " cannot be written: " + e.getMessage()
                            + ". Check that the disk has room and the folder may be written.",
                    e);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Appends this many of the events once more: each as often as any other, and the rest by selection sampling. */
    private static void repeat(Spool all, long wanted, SplittableRandom choice) throws IOException {
        long events = all.events();
        if (wanted == 0 || events == 0) {
            return;
        }
        long each = wanted / events;
        long some = wanted % events;
        Iterator<SpooledEvent> originals = all.iterator();
        for (long seen = 0; seen < events; seen++) {
            SpooledEvent event = originals.next();
            boolean chosen = choice.nextLong(events - seen) < some;
            if (chosen) {
                some--;
            }
            for (long copy = chosen ? -1 : 0; copy < each; copy++) {
                all.add(event);
            }
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (!current.hasNext() && order != null && !buckets.isEmpty()) {
                Spool bucket = buckets.pop();
                if (bucket.bytes() <= bucketBytes || bucket.events() <= 1) {
                    current = shuffled(bucket, order).iterator();
                } else {
                    split(bucket, order);
                }
            }
            return current.hasNext();
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    private static List<SpooledEvent> shuffled(Spool bucket, SplittableRandom order) throws IOException {
        List<SpooledEvent> events = new ArrayList<>();
        try (bucket) {
            bucket.iterator().forEachRemaining(events::add);
        }
        for (int i = events.size() - 1; i > 0; i--) {
            int j = order.nextInt(i + 1);
            SpooledEvent other = events.get(j);
            events.set(j, events.get(i));
            events.set(i, other);
        }
        return events;
    }

    private void split(Spool bucket, SplittableRandom order) throws IOException {
        // A quarter more, so that most buckets fit at once.
        int parts = Math.clamp(bucket.bytes() * 5 / 4 / bucketBytes + 1, 2, MAX_BUCKETS);
        List<Spool> children = new ArrayList<>();
        try (bucket) {
            for (int i = 0; i < parts; i++) {
                Spool child = Spool.in(directory);
                children.add(child);
                buckets.push(child);
            }
            Iterator<SpooledEvent> events = bucket.iterator();
            while (events.hasNext()) {
                children.get(order.nextInt(parts)).add(events.next());
            }
        }
        for (Spool child : children) {
            child.written();
        }
    }

    @Override
    public ReplayEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is at its end");
        }
        try {
            return current.next().event();
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public long problems() {
        return log.problems();
    }

    @Override
    public OptionalLong total() {
        return OptionalLong.of(total);
    }

    @Override
    public void close() {
        try (log) {
            while (!buckets.isEmpty()) {
                buckets.pop().close();
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private EventLogException unreadable(Exception e) {
        return new EventLogException(
                "temporary files in " + directory + " cannot be written or read: " + e.getMessage()
                        + ". Check that the disk has room.",
                e);
    }
}
