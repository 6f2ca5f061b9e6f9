package io.masterdeal.service.publish;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The form in which a canonical event is in the write-ahead log: a format number, then the Kafka record itself, so that the relay
 * only has to send it, and needs neither the catalog nor the registry. Each part comes after its length.
 */
public final class OutboxRecord {

    private static final byte FORMAT = 1;

    private OutboxRecord() {}

    /** Writes a record that has a key and a value, without a partition and a timestamp. */
    static byte[] write(ProducerRecord<byte[], byte[]> record) {
        byte[] topic = record.topic().getBytes(StandardCharsets.UTF_8);
        Header[] headers = record.headers().toArray();
        byte[][] names = new byte[headers.length][];
        int size = 1 + 4 * Integer.BYTES + topic.length + record.key().length + record.value().length;
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key().getBytes(StandardCharsets.UTF_8);
            size += 2 * Integer.BYTES + names[i].length + headers[i].value().length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(FORMAT);
        put(out, topic);
        put(out, record.key());
        put(out, record.value());
        out.putInt(headers.length);
        for (int i = 0; i < headers.length; i++) {
            put(out, names[i]);
            put(out, headers[i].value());
        }
        return out.array();
    }

    /**
     * Reads a record back.
     *
     * @throws IllegalArgumentException if it is not one: then another version or another program wrote it
     */
    public static ProducerRecord<byte[], byte[]> read(ByteBuffer message) {
        ByteBuffer in = message.duplicate();
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("it has format " + format + ", not " + FORMAT);
            }
            String topic = new String(part(in), StandardCharsets.UTF_8);
            byte[] key = part(in);
            byte[] value = part(in);
            RecordHeaders headers = new RecordHeaders();
            for (int i = in.getInt(); i > 0; i--) {
                headers.add(new String(part(in), StandardCharsets.UTF_8), part(in));
            }
            return new ProducerRecord<>(topic, null, key, value, headers);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("its " + message.remaining() + " bytes are no record", e);
        }
    }

    private static void put(ByteBuffer out, byte[] part) {
        out.putInt(part.length).put(part);
    }

    private static byte[] part(ByteBuffer in) {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
