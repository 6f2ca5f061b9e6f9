package io.masterdeal.queue;

import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.queue.servers.Database;
import io.masterdeal.queue.servers.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A process that handles tasks, to be killed: it writes the id of each task that it begins to a file, and never finishes those
 * of the type {@code stuck}.
 */
final class HandlerProcess {

    private static final String CLIENT = "client.";

    private final JavaProcess process;

    private final Path began;

    private HandlerProcess(JavaProcess process, Path began) {
        this.process = process;
        this.began = began;
    }

    /** Starts one. It reads its settings from standard input, because they contain passwords. */
    static HandlerProcess start(Path directory, TestBroker broker, HikariDataSource database, QueueSettings queue)
            throws IOException {
        Path began = Files.createTempFile(directory, "began", ".txt");
        Properties told = new Properties();
        told.putAll(broker.settings());
        broker.kafkaClient().forEach((name, value) -> told.put(CLIENT + name, value));
        told.put("queue", queue.name());
        told.put("attempts", Integer.toString(queue.attempts()));
        told.put("began", began.toString());
        told.put("url", database.getJdbcUrl());
        told.put("user", database.getUsername());
        told.put("password", database.getPassword());
        told.put("schema", database.getSchema());
        JavaProcess process = JavaProcess.start(
                "the handler",
                JavaCommand.of(HandlerProcess.class).withOptions("-Xmx128m").withOptions(JavaCommand.shortLived()),
                directory.resolve("process.log"));
        try (var input = process.input()) {
            told.store(input, null);
        }
        return new HandlerProcess(process, began);
    }

    /** The ids of the tasks that it has begun. */
    List<String> began() throws IOException {
        return Files.readAllLines(began);
    }

    /** Ends it as the kernel would. */
    void kill() throws InterruptedException {
        process.kill();
    }

    public static void main(String[] arguments) throws IOException {
        Properties told = new Properties();
        try (InputStream input = System.in) {
            told.load(input);
        }
        HikariDataSource database = Database.open(
                told.getProperty("url"),
                told.getProperty("user"),
                told.getProperty("password"),
                told.getProperty("schema"));
        TaskQueue queue = TaskQueues.open(
                TaskQueues.broker(told::getProperty, client(told)),
                QueueSettings.of(told.getProperty("queue"))
                        .withAttempts(Integer.parseInt(told.getProperty("attempts"))),
                database,
                new SimpleMeterRegistry());
        Path began = Path.of(told.getProperty("began"));
        queue.handle(delivery -> {
            Files.writeString(began, delivery.task().id() + "\n", StandardOpenOption.APPEND);
            if (delivery.task().type().equals("stuck")) {
                new CountDownLatch(1).await();
            }
            return TaskOutcome.done();
        });
    }

    private static Map<String, String> client(Properties told) {
        return new HashMap<>(told.stringPropertyNames().stream()
                .filter(name -> name.startsWith(CLIENT))
                .collect(Collectors.toMap(name -> name.substring(CLIENT.length()), told::getProperty)));
    }
}
