package io.masterdeal.crash;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.replay.LogReplay;
import io.masterdeal.crash.platform.CrashPlatform;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that go into a platform in shares, by {@code replay} as a user runs it: it sends again what the gateway could not
 * take, and waits until all is accounted for. Several shares may be under way at once.
 */
public final class Load implements AutoCloseable {

    private final Path directory;

    private final PlatformAddresses platform;

    private final Deque<List<ObjectNode>> waiting = new ArrayDeque<>();

    private final List<Future<Long>> underWay = new ArrayList<>();

    private final boolean asNew;

    private final ExecutorService replays = Executors.newVirtualThreadPerTaskExecutor();

    private int number;

    /**
     * @param platform where to; it is told at once that the events are sent
     * @param events CloudEvents
     * @param shares into how many parts they are divided
     */
    public Load(CrashPlatform platform, List<ObjectNode> events, int shares) throws IOException {
        this(platform, events, shares, false);
    }

    private Load(CrashPlatform platform, List<ObjectNode> events, int shares, boolean asNew) throws IOException {
        this.asNew = asNew;
        this.directory = Files.createTempDirectory("masterdeal-load");
        this.platform = platform.addresses();
        platform.sent().addAll(events);
        for (int i = 0; i < shares; i++) {
            int from = (int) ((long) events.size() * i / shares);
            int to = (int) ((long) events.size() * (i + 1) / shares);
            waiting.add(events.subList(from, to));
        }
    }

    /**
     * The same with events that are not marked as replayed, so that what they say about clocks is told at once.
     *
     * @param platform where to
     * @param events CloudEvents
     * @param shares into how many parts they are divided
     */
    static Load ofNewEvents(CrashPlatform platform, List<ObjectNode> events, int shares) throws IOException {
        return new Load(platform, events, shares, true);
    }

    /** Begins to send the next share, if there is one left. */
    public void sendShare() throws IOException {
        List<ObjectNode> share = waiting.poll();
        if (share == null) {
            return;
        }
        Path file = directory.resolve("share-" + number++ + ".jsonl");
        Files.write(file, share.stream().map(ObjectNode::toString).toList());
        underWay.add(replays.submit(() -> replay(file, share.size())));
    }

    private long replay(Path file, int events) throws IOException, InterruptedException {
        StringWriter told = new StringWriter();
        PrintWriter err = new PrintWriter(told);
        LogReplay.Result result = (asNew ? LogReplay.ofNewEvents(platform, err) : new LogReplay(platform, err, false))
                .run(new LogReplay.Request(file, null, null, 0, null));
        if (!result.isComplete() || result.sent() != events) {
            throw new IllegalStateException("of " + events + " events not all were taken: " + result + "\n" + told);
        }
        Files.delete(file);
        return result.sent();
    }

    /**
     * Sends what is left, and waits until every event is accounted for.
     *
     * @return how many events were sent
     * @throws IllegalStateException if one was refused, or a replay gave up
     */
    public long finish() throws IOException, InterruptedException {
        while (!waiting.isEmpty()) {
            sendShare();
        }
        long sent = 0;
        for (Future<Long> each : underWay) {
            try {
                sent += each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a replay failed: " + e.getCause(), e);
            }
        }
        return sent;
    }

    @Override
    public void close() throws IOException {
        replays.shutdownNow();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
