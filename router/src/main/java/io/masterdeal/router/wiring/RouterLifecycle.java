package io.masterdeal.router.wiring;

import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.router.intake.StartOffsets;
import io.masterdeal.router.subscription.StoredSubscription.Origin;
import io.masterdeal.router.subscription.SubscriptionFile;
import io.masterdeal.router.subscription.Subscriptions;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.springframework.context.SmartLifecycle;

/**
 * The order in which the router starts: topics, bundled subscriptions, those of the file, start offsets; then leadership. So no
 * event that is published after the start is missed, even if another process is the leader, or none is yet.
 */
final class RouterLifecycle implements SmartLifecycle {

    private static final String BUNDLED = "/masterdeal/router/subscriptions.yaml";

    private final TopicsAtStart topics;

    private final Subscriptions subscriptions;

    private final String file;

    private final StartOffsets startOffsets;

    private final Leadership leadership;

    private Thread thread = new Thread();

    private volatile boolean running;

    /**
     * @param file of subscriptions; empty for none
     * @param startOffsets fix from which offsets topics are read
     */
    RouterLifecycle(
            TopicsAtStart topics,
            Subscriptions subscriptions,
            String file,
            StartOffsets startOffsets,
            Leadership leadership) {
        this.topics = topics;
        this.subscriptions = subscriptions;
        this.file = file;
        this.startOffsets = startOffsets;
        this.leadership = leadership;
    }

    @Override
    public void start() {
        topics.ensure();
        try {
            subscriptions.apply(SubscriptionFile.parse(bundled(), BUNDLED), Origin.BUNDLED);
            // Without a file there are no subscriptions from files: those of an earlier file end.
            subscriptions.apply(file.isEmpty() ? List.of() : SubscriptionFile.read(Path.of(file)), Origin.FILE);
            startOffsets.fix();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of subscriptions cannot be read: " + e, e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the subscriptions or the start offsets cannot be stored: " + e.getMessage(), e);
        }
        thread = Workers.platform("router-leadership", leadership);
        thread.start();
        running = true;
    }

    private static String bundled() throws IOException {
        try (InputStream in = Objects.requireNonNull(RouterLifecycle.class.getResourceAsStream(BUNDLED))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void stop() {
        running = false;
        leadership.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
