package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The threads that post events and those that read deals. */
final class LoadGenerator implements AutoCloseable {

    private final PostedEvents posted;

    private final TimedHttpClient posts;

    private final TimedHttpClient backgroundPosts;

    private final TimedHttpClient reads;

    private final CanonicalEventConsumer canonicalEvents;

    private final KnownDeals deals;

    private final Random random;

    private final Map<String, String> keys = new HashMap<>();

    private final String readersKey;

    /**
     * @param seed of the choice of deals that are read
     * @param gateway its port on 127.0.0.1; that of the service likewise
     */
    LoadGenerator(
            MeasuredPlatform platform,
            PostedEvents posted,
            CanonicalEventConsumer canonicalEvents,
            long seed,
            int gateway,
            int service) {
        this.posted = posted;
        this.canonicalEvents = canonicalEvents;
        this.deals = canonicalEvents.deals();
        this.random = new Random(seed);
        this.posts = new TimedHttpClient(gateway, 202);
        this.backgroundPosts = new TimedHttpClient(gateway, 202);
        this.reads = new TimedHttpClient(service, 200);
        for (String domain : EventCatalog.bundled().domains()) {
            keys.put(domain, ApiKeys.read(platform.keys(), domain));
        }
        this.readersKey = ApiKeys.read(platform.keys(), "reader");
    }

    /**
     * Sends what is due in a phase, and a background load besides, and waits until all of it is done.
     *
     * @param backgroundLatencies gets the latencies of the background load's calls
     * @param patience how long to wait for a canonical event after the last one
     */
    void run(Phase phase, BackgroundLoad background, Latencies backgroundLatencies, Duration patience)
            throws InterruptedException, ExecutionException {
        canonicalEvents.count(phase);
        List<FutureTask<@Nullable Void>> besides = new ArrayList<>();
        besides.add(begin("reads", () -> ask(phase)));
        besides.add(begin(
                "background-load",
                () -> sendBackground(background, phase.posting().startNanos(), backgroundLatencies)));
        phase.posting().run(index -> posts.send(post(index), phase.posting().due(index), phase.answered()));
        for (FutureTask<@Nullable Void> each : besides) {
            each.get();
        }
        posts.awaitAnswers();
        reads.awaitAnswers();
        backgroundPosts.awaitAnswers();
        canonicalEvents.await(phase, patience);
    }

    /** What is done on a thread of its own. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private static FutureTask<@Nullable Void> begin(String name, Work work) {
        Callable<@Nullable Void> call = () -> {
            work.run();
            return null;
        };
        FutureTask<@Nullable Void> task = new FutureTask<>(call);
        Thread.ofPlatform().name(name).start(task);
        return task;
    }

    private HttpRequest post(int index) {
        PostedEvents.Post post = posted.post(index);
        return post(post.domain(), "application/cloudevents+json", post.body());
    }

    private HttpRequest post(String domain, String type, String body) {
        return posts.request("/events", Objects.requireNonNull(keys.get(domain)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void sendBackground(BackgroundLoad background, long startNanos, Latencies backgroundLatencies)
            throws InterruptedException {
        for (BackgroundLoad.Call call : background.calls()) {
            long due = startNanos + call.dueNanos();
            Schedule.awaitDue(due);
            backgroundPosts.send(
                    post(background.domain(), BackgroundLoad.BATCH, call.body()), due, backgroundLatencies);
        }
    }

    private void ask(Phase phase) throws InterruptedException {
        phase.reading().run(index -> {
            UUID deal = deals.any(random);
            if (deal != null) {
                HttpRequest question =
                        reads.request("/masterdeal/" + deal, readersKey).GET().build();
                reads.send(question, phase.reading().due(index), phase.read());
            }
        });
    }

    /** Reports what failed first, if anything did. */
    void tellFailures(Consumer<String> progress) {
        tell("POST", posts, progress);
        tell("POST of a background load", backgroundPosts, progress);
        tell("GET", reads, progress);
    }

    private static void tell(String what, TimedHttpClient door, Consumer<String> progress) {
        String failure = door.firstFailure();
        if (failure != null) {
            progress.accept("the first " + what + " that failed: " + failure);
        }
    }

    @Override
    public void close() {
        posts.close();
        backgroundPosts.close();
        reads.close();
    }
}
