package io.masterdeal.contracts.kafka;

import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.kafka.UndecodableEventException.Reason;
import io.masterdeal.contracts.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Confluent's wire format: a zero byte, the id of the writer's schema in four bytes (big-endian), and the data in Avro's
 * binary encoding.
 */
final class WireFormat {
    private static final byte MAGIC = 0;
    private static final int HEAD = 5;

    /** A buffer that grew beyond this is not reused. */
    private static final int KEPT_BYTES = 1 << 20;

    private static final ThreadLocal<Output> OUTPUT = ThreadLocal.withInitial(Output::new);
    private static final ThreadLocal<BinaryDecoder> DECODER =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

    private final SchemaRegistry registry;
    private final Map<String, Writer> writers = new ConcurrentHashMap<>();
    private final Map<Reading, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

    WireFormat(SchemaRegistry registry) {
        this.registry = registry;
    }

    byte[] write(EventType type, GenericRecord data) {
        Writer writer = writers.get(type.name());
        if (writer == null) {
            writer = new Writer(registry.register(type.name(), type.schema()), new GenericDatumWriter<>(type.schema()));
            writers.put(type.name(), writer);
        }
        Output output = OUTPUT.get();
        try {
            return output.write(writer, data);
        } finally {
            if (output.bytes.size() > KEPT_BYTES) {
                OUTPUT.remove();
            }
        }
    }

    GenericRecord read(EventType type, byte[] value) {
        if (value.length < HEAD || value[0] != MAGIC) {
            throw new UndecodableEventException(
                    Reason.NOT_WIRE_FORMAT,
                    "the value must begin with a zero byte and four bytes of schema id (Confluent's wire format);"
                            + (value.length == 0
                                    ? " it is empty"
                                    : " its first byte is " + (value[0] & 0xff) + " and it has " + value.length
                                            + " bytes"));
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        GenericDatumReader<GenericRecord> reader = reader(type, id);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, HEAD, value.length - HEAD, DECODER.get());
        GenericRecord data;
        boolean atEnd;
        try {
            data = reader.read(null, decoder);
            atEnd = decoder.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro throws various exceptions for invalid bytes. Reading from memory, there is no other cause.
            throw new UndecodableEventException(
                    Reason.UNREADABLE_DATA, "the value does not match its schema, id " + id + ": " + e, e);
        }
        if (!atEnd) {
            throw new UndecodableEventException(
                    Reason.UNREADABLE_DATA, "the value continues after the data of its schema, id " + id);
        }
        return data;
    }

    private GenericDatumReader<GenericRecord> reader(EventType type, int id) {
        var key = new Reading(type.name(), id);
        GenericDatumReader<GenericRecord> reader = readers.get(key);
        if (reader == null) {
            Schema writer = registry.byId(id);
            if (writer.getType() != Schema.Type.RECORD || !writer.getFullName().equals(type.name())) {
                throw new UndecodableEventException(
                        Reason.SCHEMA_NOT_OF_TYPE,
                        "the schema of the value, id " + id + ", is " + writer.getFullName()
                                + ", but the event is of type " + type.name());
            }
            reader = new StringReader(writer, type.schema());
            readers.put(key, reader);
        }
        return reader;
    }

    private record Writer(int id, GenericDatumWriter<GenericRecord> datum) {}

    private record Reading(String type, int id) {}

    /** The writer that a thread reuses. */
    private static final class Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

        byte[] write(Writer writer, GenericRecord data) {
            // Configuring it again first flushes what a failed write left in it.
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            bytes.reset();
            bytes.write(MAGIC);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(writer.id()).array());
            try {
                writer.datum().write(data, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("writing into memory cannot fail", e);
            }
            return bytes.toByteArray();
        }
    }
}
