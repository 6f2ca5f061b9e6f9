package io.masterdeal.queue.servers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of this test run. Each starts when the first test asks for it, and stops with the JVM. */
public final class Servers {

    private static final Logger log = LoggerFactory.getLogger(Servers.class);

    private static final String NO_RABBIT =
            "skipped: RabbitMQ is not installed, so the task queue is not tested with it."
                    + " On Debian and Ubuntu: sudo apt-get install --no-install-recommends rabbitmq-server";

    private static boolean skipped;

    private static final Deque<Runnable> TO_STOP = new ArrayDeque<>();

    private static @Nullable TestBroker kafka;

    private static @Nullable TestBroker rabbit;

    private Servers() {}

    /** Kafka. */
    public static synchronized TestBroker kafka() {
        if (kafka == null) {
            kafka = new KafkaTestBroker();
        }
        kafka.start();
        return kafka;
    }

    /** RabbitMQ; the test that asks is skipped if there is none on this machine. */
    public static synchronized TestBroker rabbit() {
        try {
            if (rabbit == null) {
                Path server = RabbitTestBroker.find().orElseGet(Servers::skip);
                Path data = directory();
                rabbit = new RabbitTestBroker(server, data);
                stopLater(rabbit::stop, data);
            }
            rabbit.start();
            return rabbit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Surefire shows that a test is skipped, but not why, so the reason is logged. */
    private static Path skip() {
        if (!skipped) {
            log.warn(NO_RABBIT);
            skipped = true;
        }
        return abort(NO_RABBIT);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("masterdeal-queue-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopLater(Runnable stop, Path data) {
        if (TO_STOP.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(Servers::stopAll, "stop-servers"));
        }
        TO_STOP.push(() -> {
            stop.run();
            delete(data);
        });
    }

    private static void stopAll() {
        TO_STOP.forEach(Runnable::run);
    }

    private static void delete(Path data) {
        try (Stream<Path> tree = Files.walk(data)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data of a test server cannot be deleted", e);
        }
    }
}
