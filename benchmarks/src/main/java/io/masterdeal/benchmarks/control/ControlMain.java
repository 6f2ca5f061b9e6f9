package io.masterdeal.benchmarks.control;

import io.masterdeal.processes.ParentWatch;
import io.masterdeal.processes.SettingsFile;
import io.masterdeal.role.database.UuidArray;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.service.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The control as a process of its own. It ends when it fails or its input ends, so it never outlives its parent. */
final class ControlMain {

    /** Setting: the directory of the recording. */
    static final String RECORDING = "control.recording";

    /** Setting: on how many connections. */
    static final String CONNECTIONS = "control.connections";

    /** Setting: {@code false} for rows alone, without Kafka and without messages. */
    static final String KAFKA = "control.kafka";

    private static final String CLIENT = "masterdeal.kafka.client.";

    private ControlMain() {}

    /**
     * Runs it.
     *
     * @param arguments a file with its settings and those of a service, and a file into which the number of finished events
     *     is written
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = SettingsFile.read(Path.of(arguments[0]));
        Thread parent = ParentWatch.haltAtEndOfInput(0);
        boolean kafka = Boolean.parseBoolean(settings.get(KAFKA));
        Recording recording = Recording.open(Path.of(setting(settings, RECORDING)));
        try (FileChannel done =
                        FileChannel.open(Path.of(arguments[1]), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                EventSource source = kafka ? new KafkaSource(clients(settings)) : EventSource.NONE;
                RecordingReplay replay = new RecordingReplay(recording, source, events -> tell(done, events))) {
            for (int i = Integer.parseInt(setting(settings, CONNECTIONS)); i > 0; i--) {
                replay.add(connect(settings));
            }
            replay.run(kafka);
            // Keeps running, and PostgreSQL's processes with it, so that the processor time they used can still be
            // read.
            parent.join();
        }
    }

    private static String setting(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        Properties connection = new Properties();
        connection.setProperty("user", setting(settings, "spring.datasource.username"));
        connection.setProperty("password", setting(settings, "spring.datasource.password"));
        connection.setProperty("binaryTransferEnable", UuidArray.BINARY); // As in the service.
        return DriverManager.getConnection(setting(settings, "spring.datasource.url"), connection);
    }

    private static KafkaClients clients(Map<String, String> settings) {
        Map<String, String> client = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(CLIENT)) {
                client.put(name.substring(CLIENT.length()), value);
            }
        });
        return new KafkaClients(new KafkaSettings(
                setting(settings, "masterdeal.kafka.bootstrap-servers"), client, "masterdeal-service"));
    }

    private static void tell(FileChannel file, long events) {
        try {
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(events).flip(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the progress cannot be written", e);
        }
    }
}
