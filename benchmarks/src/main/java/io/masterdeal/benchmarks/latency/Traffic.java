package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.stand.Stand;
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

/** Those who post and those who ask. */
final class Traffic implements AutoCloseable {

    private final ToldEvents told;

    private final HttpDoor posts;

    private final HttpDoor burdens;

    private final HttpDoor reads;

    private final CanonicalWatch watch;

    private final KnownDeals deals;

    private final Random random;

    private final Map<String, String> keys = new HashMap<>();

    private final String readersKey;

    /**
     * @param seed of the choice of deals that are asked for
     * @param gateway its port on 127.0.0.1; that of the service likewise
     */
    Traffic(Stand stand, ToldEvents told, CanonicalWatch watch, long seed, int gateway, int service) {
        this.told = told;
        this.watch = watch;
        this.deals = watch.deals();
        this.random = new Random(seed);
        this.posts = new HttpDoor(gateway, 202);
        this.burdens = new HttpDoor(gateway, 202);
        this.reads = new HttpDoor(service, 200);
        for (String domain : EventCatalog.bundled().domains()) {
            keys.put(domain, ApiKeys.read(stand.keys(), domain));
        }
        this.readersKey = ApiKeys.read(stand.keys(), "reader");
    }

    /**
     * Sends what is due in a phase, and a burden besides, and waits until all of it is done.
     *
     * @param burdened gets the latencies of the burden's calls
     * @param patience how long to wait for a canonical event after the last one
     */
    void run(Phase phase, Burden burden, Latencies burdened, Duration patience)
            throws InterruptedException, ExecutionException {
        watch.count(phase);
        List<FutureTask<@Nullable Void>> besides = new ArrayList<>();
        besides.add(begin("reads", () -> ask(phase)));
        besides.add(begin("burden", () -> bear(burden, phase.posting().startNanos(), burdened)));
        phase.posting().run(index -> posts.send(post(index), phase.posting().due(index), phase.answered()));
        for (FutureTask<@Nullable Void> each : besides) {
            each.get();
        }
        posts.awaitAnswers();
        reads.awaitAnswers();
        burdens.awaitAnswers();
        watch.await(phase, patience);
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
        ToldEvents.Post post = told.post(index);
        return post(post.domain(), "application/cloudevents+json", post.body());
    }

    private HttpRequest post(String domain, String type, String body) {
        return posts.request("/events", Objects.requireNonNull(keys.get(domain)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void bear(Burden burden, long startNanos, Latencies burdened) throws InterruptedException {
        for (Burden.Call call : burden.calls()) {
            long due = startNanos + call.dueNanos();
            Schedule.awaitDue(due);
            burdens.send(post(burden.domain(), Burden.BATCH, call.body()), due, burdened);
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

    /** Tells what failed first, if anything did. */
    void tellFailures(Consumer<String> progress) {
        tell("POST", posts, progress);
        tell("POST of a burden", burdens, progress);
        tell("GET", reads, progress);
    }

    private static void tell(String what, HttpDoor door, Consumer<String> progress) {
        String failure = door.firstFailure();
        if (failure != null) {
            progress.accept("the first " + what + " that failed: " + failure);
        }
    }

    @Override
    public void close() {
        posts.close();
        burdens.close();
        reads.close();
    }
}
