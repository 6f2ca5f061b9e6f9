package io.masterdeal.console.live;

import io.masterdeal.worker.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Knows who listens, and hands changes on to all of them, at most once a second. Whoever tells of a change does not wait for readers: it
 * only adds to what the thread {@code live} hands on next.
 */
final class LiveReaders implements LiveTopics, SmartLifecycle {
    /** The most readers at once; pages without a stream ask again every ten seconds. */
    static final int MOST = 2_000;

    /** Stands for every topic, where it is not known what changed. */
    static final String EVERYTHING = "*";

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Clock clock;
    private final String process = Long.toString(System.nanoTime() & 0xffff_ffffL, 36);
    private final Set<LiveMailbox> mailboxes = ConcurrentHashMap.newKeySet();
    private final Map<String, Last> last = new ConcurrentHashMap<>();
    private final LiveMailbox next = new LiveMailbox();
    private final Instant started;
    private long number;
    private volatile boolean running;

    /** When a topic changed last. */
    private record Last(long number, Instant at) {}

    LiveReaders(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public void changed(String topic) {
        changed(topic, Set.of());
    }

    /** The board has changed. */
    void dealsChanged(Set<UUID> deals) {
        changed(DEALS, deals);
    }

    private synchronized void changed(String topic, Set<UUID> deals) {
        number++;
        last.put(topic, new Last(number, clock.instant()));
        boolean more = deals.size() > LiveChange.MOST_DEALS;
        Set<UUID> some = more ? deals.stream().limit(LiveChange.MOST_DEALS).collect(Collectors.toSet()) : deals;
        next.offer(new LiveChange(number, Set.of(topic), some, more));
    }

    /**
     * Adds a reader.
     *
     * @return null if there are too many, or this process is stopping
     */
    synchronized @Nullable LiveMailbox open() {
        if (!running || mailboxes.size() >= MOST) {
            return null;
        }
        LiveMailbox mailbox = new LiveMailbox();
        mailboxes.add(mailbox);
        return mailbox;
    }

    /** Removes a reader. */
    void close(LiveMailbox mailbox) {
        mailboxes.remove(mailbox);
    }

    /**
     * What a reader has missed. The deals are not known any more, so they count as more.
     *
     * @param lastId the id of the last message that the reader got; null if it got none
     * @param since when the reader's page was made; for readers that got no message of this process
     */
    synchronized LiveChange missed(@Nullable String lastId, Instant since) {
        long read = numberOf(lastId);
        if (read < 0 && (lastId != null || since.isBefore(started))) {
            return new LiveChange(number, Set.of(EVERYTHING), Set.of(), true);
        }
        Set<String> topics = new LinkedHashSet<>();
        last.forEach((topic, change) -> {
            if (read >= 0 ? change.number() > read : !change.at().isBefore(since)) {
                topics.add(topic);
            }
        });
        return new LiveChange(number, topics, Set.of(), topics.contains(DEALS));
    }

    private long numberOf(@Nullable String id) {
        if (id == null || !id.matches(process + "-[0-9]{1,18}")) {
            return -1;
        }
        return Long.parseLong(id.substring(process.length() + 1));
    }

    /** Distinguishes ids of this process from those of others. */
    String process() {
        return process;
    }

    /** How many read. */
    int size() {
        return mailboxes.size();
    }

    @Override
    public void start() {
        running = true;
        Workers.daemon("live", this::handOn).start();
    }

    private void handOn() {
        try {
            while (running) {
                LiveChange change = next.take(PACE);
                if (change != null) {
                    mailboxes.forEach(mailbox -> mailbox.offer(change));
                    LockSupport.parkNanos(PACE.toNanos());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        next.close();
        mailboxes.forEach(LiveMailbox::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped first: the HTTP server waits for requests that are being answered, and streams end only here. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
