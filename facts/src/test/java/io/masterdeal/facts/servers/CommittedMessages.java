package io.masterdeal.facts.servers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages that committed transactions left in the write-ahead log, read by a slot of its own: what a relay would
 * see, in the order of the commits, and nothing of what was rolled back.
 */
public final class CommittedMessages implements AutoCloseable {

    private final JdbcClient jdbc;

    private final String slot;

    /**
     * A message.
     *
     * @param transaction the transaction that wrote it
     * @param prefix its prefix
     * @param bytes its content
     */
    public record Message(int transaction, String prefix, ByteBuffer bytes) {

        /** The content as text. */
        public String content() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    private CommittedMessages(JdbcClient jdbc, String slot) {
        this.jdbc = jdbc;
        this.slot = slot;
    }

    /** Reads from now on. */
    public static CommittedMessages from(Database database) {
        String slot = "watch_" + database.schema();
        database.jdbc().sql("CREATE PUBLICATION " + slot).update();
        database.jdbc()
                .sql("SELECT pg_create_logical_replication_slot(?, 'pgoutput')")
                .param(slot)
                .query((row, _) -> row.getString(1))
                .single();
        return new CommittedMessages(database.jdbc(), slot);
    }

    /** The messages since the last call. */
    public List<Message> next() {
        List<byte[]> lines = jdbc.sql("SELECT data FROM pg_logical_slot_get_binary_changes(?, NULL, NULL,"
                        + " 'proto_version', '1', 'publication_names', ?, 'messages', 'true')")
                .param(slot)
                .param(slot)
                .query((row, _) -> row.getBytes(1))
                .list();
        List<Message> messages = new ArrayList<>();
        int transaction = 0;
        for (byte[] line : lines) {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            switch (buffer.get()) {
                case 'B' -> transaction = buffer.getInt(1 + 8 + 8);
                case 'M' -> {
                    buffer.position(1 + 1 + 8);
                    String prefix = text(buffer);
                    byte[] content = new byte[buffer.getInt()];
                    buffer.get(content);
                    messages.add(new Message(transaction, prefix, ByteBuffer.wrap(content)));
                }
                default -> {}
            }
        }
        return messages;
    }

    private static String text(ByteBuffer buffer) {
        StringBuilder text = new StringBuilder();
        for (byte b = buffer.get(); b != 0; b = buffer.get()) {
            text.append((char) b);
        }
        return text.toString();
    }

    @Override
    public void close() {
        jdbc.sql("SELECT pg_drop_replication_slot(?)")
                .param(slot)
                .query((row, _) -> true)
                .single();
    }
}
