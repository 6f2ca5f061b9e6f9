package io.masterdeal.service.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What the relay reads of the logical replication stream (PostgreSQL manual, "Logical Replication Message Formats",
 * protocol version 1, plugin pgoutput).
 */
sealed interface WalMessage {

    /**
     * A message written by {@code pg_logical_emit_message}.
     *
     * @param transactional whether it belongs to the transaction that ends with the next {@link Commit}
     * @param lsn where it stands
     */
    record Content(boolean transactional, LogSequenceNumber lsn, String prefix, ByteBuffer content)
            implements WalMessage {}

    /**
     * The end of a transaction.
     *
     * @param end the place behind it: once all before is done, this may be confirmed
     */
    record Commit(LogSequenceNumber end) implements WalMessage {}

    /** Reads one message; null for those the relay has no use for. */
    static @Nullable WalMessage read(ByteBuffer buffer) {
        switch (buffer.get()) {
            case 'M' -> {
                boolean transactional = (buffer.get() & 1) != 0;
                LogSequenceNumber lsn = LogSequenceNumber.valueOf(buffer.getLong());
                String prefix = text(buffer);
                byte[] content = new byte[buffer.getInt()];
                buffer.get(content);
                return new Content(transactional, lsn, prefix, ByteBuffer.wrap(content));
            }
            case 'C' -> {
                buffer.get();
                buffer.getLong();
                return new Commit(LogSequenceNumber.valueOf(buffer.getLong()));
            }
            default -> {
                return null;
            }
        }
    }

    private static String text(ByteBuffer buffer) {
        int start = buffer.position();
        while (buffer.get() != 0) {
            // A text ends with a zero byte.
        }
        byte[] bytes = new byte[buffer.position() - 1 - start];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
