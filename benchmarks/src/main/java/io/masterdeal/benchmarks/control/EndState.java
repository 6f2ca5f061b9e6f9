package io.masterdeal.benchmarks.control;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A digest of what a run left behind, by which two runs are compared.
 *
 * @param tables by table: the number of its rows and a hash over them, without transaction times
 * @param indexes by index: its definition
 * @param canonical by key in the topic of canonical events: its partition, the number of its records, and a hash over their
 *     headers and values in order
 */
public record EndState(Map<String, String> tables, Map<String, String> indexes, Map<String, String> canonical) {

    private static final String CANONICAL = "masterdeal.events";

    /** Copies the maps. */
    public EndState {
        tables = Map.copyOf(tables);
        indexes = Map.copyOf(indexes);
        canonical = Map.copyOf(canonical);
    }

    /** Reads the end state of a platform on which nothing runs any more. */
    static EndState of(MeasuredPlatform platform, String schema, List<RecordedTable> tables) throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement()) {
            Map<String, String> rows = new TreeMap<>();
            for (RecordedTable table : tables) {
                String columns = table.columns().stream()
                        .filter(column -> !column.isStamp())
                        .map(RecordedColumn::name)
                        .collect(Collectors.joining(", "));
                rows.put(
                        table.name(),
                        single(
                                statement,
                                "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(ROW (" + columns
                                        + ")::text, 0)::numeric), 0) FROM " + schema + "." + table.name()));
            }
            Map<String, String> indexes = new TreeMap<>();
            try (ResultSet row = statement.executeQuery(
                    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = '" + schema + "'")) {
                while (row.next()) {
                    indexes.put(row.getString(1), row.getString(2));
                }
            }
            return new EndState(rows, indexes, canonical(platform));
        }
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static final class History {
        private final MessageDigest digest;
        private final int partition;
        private int records;

        History(int partition) {
            this.partition = partition;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            records++;
            for (Header header : record.headers()) {
                part(header.key().getBytes(StandardCharsets.UTF_8));
                part(header.value());
            }
            part(record.value());
        }

        private void part(byte[] bytes) {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }

        String text() {
            return "partition " + partition + ", " + records + " records, "
                    + HexFormat.of().formatHex(digest.digest());
        }
    }

    private static Map<String, String> canonical(MeasuredPlatform platform) {
        Map<String, History> histories = new HashMap<>();
        Map<String, Object> properties = platform.kafka();
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, MeasuredPlatform.PARTITIONS)
                    .mapToObj(it -> new TopicPartition(CANONICAL, it))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> histories
                                .computeIfAbsent(
                                        new String(record.key(), StandardCharsets.UTF_8),
                                        _ -> new History(record.partition()))
                                .add(record));
            }
        }
        Map<String, String> texts = new HashMap<>();
        histories.forEach((key, history) -> texts.put(key, history.text()));
        return texts;
    }

    /**
     * Fails unless another run left the same rows and indexes behind, and the same canonical events.
     *
     * @throws IllegalStateException if not; the message names what differs
     */
    public void throwUnlessSame(EndState other) {
        throwUnlessSameRows(other);
        same("canonical events of", canonical, other.canonical());
    }

    /**
     * Fails unless another run left the same rows and indexes behind.
     *
     * @throws IllegalStateException if not; the message names what differs
     */
    public void throwUnlessSameRows(EndState other) {
        same("table", tables, other.tables());
        same("index", indexes, other.indexes());
    }

    private static void same(String what, Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        other.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            if (!Objects.equals(one.get(name), other.get(name))) {
                throw new IllegalStateException("the control has not done the same work: " + what + " " + name
                        + " should be: " + one.get(name) + "; but is: " + other.get(name));
            }
        }
    }
}
