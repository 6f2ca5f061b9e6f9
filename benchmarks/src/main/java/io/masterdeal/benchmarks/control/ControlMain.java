package io.masterdeal.benchmarks.control;

import io.masterdeal.role.database.UuidArray;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.service.kafka.KafkaClients;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The control as a process of its own. It ends when its input ends, so it never outlives who started it, or if it fails. */
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
     * @param arguments a file with its settings and those of a service, and a file to write into how many events are done
     */
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        Thread parent = Thread.ofPlatform().name("parent-watch").daemon().start(ControlMain::endWithInput);
        boolean kafka = Boolean.parseBoolean(settings.getProperty(KAFKA));
        Recording recording = Recording.open(Path.of(settings.getProperty(RECORDING)));
        try (FileChannel done =
                        FileChannel.open(Path.of(arguments[1]), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                EventSource source = kafka ? new KafkaSource(clients(settings)) : EventSource.NONE;
                RecordingReplay replay = new RecordingReplay(recording, source, events -> tell(done, events))) {
            for (int i = Integer.parseInt(settings.getProperty(CONNECTIONS)); i > 0; i--) {
                replay.add(connect(settings));
            }
            replay.run(kafka);
            // Stays, and PostgreSQL's processes with it, so that what they have used can be asked for.
            parent.join();
        }
    }

    private static Connection connect(Properties settings) throws SQLException {
        Properties connection = new Properties();
        connection.setProperty("user", settings.getProperty("spring.datasource.username"));
        connection.setProperty("password", settings.getProperty("spring.datasource.password"));
        connection.setProperty("binaryTransferEnable", UuidArray.BINARY); // As the service has it.
        return DriverManager.getConnection(settings.getProperty("spring.datasource.url"), connection);
    }

    private static KafkaClients clients(Properties settings) {
        Map<String, String> client = new HashMap<>();
        for (String name : settings.stringPropertyNames()) {
            if (name.startsWith(CLIENT)) {
                client.put(name.substring(CLIENT.length()), settings.getProperty(name));
            }
        }
        return new KafkaClients(new KafkaSettings(
                settings.getProperty("masterdeal.kafka.bootstrap-servers"), client, "masterdeal-service"));
    }

    private static void tell(FileChannel file, long events) {
        try {
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(events).flip(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the progress cannot be written down", e);
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything; the end of the input is what counts.
            }
        } catch (IOException e) {
            // As good as an end.
        }
        Runtime.getRuntime().halt(0);
    }
}
