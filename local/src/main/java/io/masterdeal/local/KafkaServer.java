package io.masterdeal.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The Kafka broker: its settings, its command line, and how clients reach it. */
final class KafkaServer {
    private static final String USER = "masterdeal";
    private static final String SECRET = "kafka.password";

    private KafkaServer() {}

    static RunningPart start(StartContext context, int port)
            throws IOException, PortTakenException, InterruptedException {
        long started = System.nanoTime();
        DataDirectory data = context.data();
        Path ready = data.run("kafka.ready");
        Files.deleteIfExists(ready);
        Path settings = data.run("kafka.properties");
        OwnerOnly.write(settings, settings(data.of(Part.KAFKA), port, Ports.free(), data.secret(SECRET)));
        ChildJvm child = ChildJvm.start(context, Part.KAFKA, port, command(context, settings, ready), Map.of());
        child.awaitReady(context, () -> Files.exists(ready));
        context.ready(Part.KAFKA, port, started);
        return child;
    }

    /** What a client needs besides the address. */
    static Map<String, String> clientProperties(DataDirectory data) throws IOException {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(data.secret(SECRET), ""));
    }

    private static List<String> command(StartContext context, Path settings, Path ready) {
        String classPath =
                context.files().childClasses() + ":" + context.files().kafkaJars() + "/*";
        List<String> command = new ArrayList<>(List.of(
                "-Xms256m",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn"));
        command.addAll(ChildJvm.moreOptions());
        command.addAll(List.of(
                "-cp",
                classPath,
                "io.masterdeal.local.child.ChildMain",
                "io.masterdeal.local.child.KafkaBroker",
                settings.toString(),
                ready.toString()));
        return command;
    }

    /** One node that is broker and controller. The quorum is a fixed one, because the controller's port changes at every start. */
    private static String settings(Path directory, int port, int controllerPort, String password) throws IOException {
        Properties p = new Properties();
        p.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + Ports.LOOPBACK + ":" + controllerPort,
                "listeners", listener("CLIENT", port) + "," + listener("CONTROLLER", controllerPort),
                "advertised.listeners", listener("CLIENT", port),
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "CLIENT",
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                "log.dirs", directory.resolve("log").toString(),
                "auto.create.topics.enable", "false"));
        String accounts = login(password, " user_" + USER + "=\"" + password + "\"");
        p.putAll(Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", accounts,
                "listener.name.controller.plain.sasl.jaas.config", accounts));
        // One copy of what a cluster of three would replicate; few partitions, so that a start opens few files.
        p.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "8",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "8",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "8",
                // The highest value that Kafka allows: a record that a share group got so often without acknowledging
                // it is lost.
                "group.share.max.delivery.count.limit", "25",
                "group.initial.rebalance.delay.ms", "0"));
        StringWriter text = new StringWriter();
        p.store(text, null);
        return text.toString();
    }

    private static String listener(String name, int port) {
        return name + "://" + Ports.LOOPBACK + ":" + port;
    }

    private static String login(String password, String accounts) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\"" + accounts + ";";
    }
}
