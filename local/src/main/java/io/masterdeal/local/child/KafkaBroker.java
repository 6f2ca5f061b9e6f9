package io.masterdeal.local.child;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka node, broker and controller at once (KRaft), as a program of its own. */
public final class KafkaBroker {
    private KafkaBroker() {}

    /**
     * Runs the broker until the process is told to end. On the first start the storage is formatted.
     *
     * @param arguments the file with the broker's settings, and a file to create once the broker serves its clients
     * @throws Exception if the broker does not start
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: SETTINGS READY");
        }
        try {
            run(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (Exception e) {
            // Kafka leaves threads running when its start fails, and they would keep this process alive.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Path settings, Path ready) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(settings)) {
            properties.load(reader);
        }
        KafkaConfig config = KafkaConfig.fromProps(properties);
        formatIfNew(properties);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        announce(ready);
        server.awaitShutdown();
    }

    private static void formatIfNew(Properties properties) throws Exception {
        String directory = properties.getProperty("log.dirs");
        if (Files.exists(Path.of(directory, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setHasDynamicQuorum(false)
                .run();
    }

    /** The file appears complete or not at all: the parent must not read half a process id. */
    private static void announce(Path ready) throws IOException {
        Path partial = ready.resolveSibling(ready.getFileName() + ".partial");
        Files.writeString(partial, Long.toString(ProcessHandle.current().pid()));
        Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE);
    }
}
