package io.masterdeal.benchmarks.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a column's values are stored in the recording and sent to PostgreSQL: in binary form, as the service sends its own. */
enum ValueForm {
    /** {@link String}; any other type is sent as text, which PostgreSQL casts. */
    TEXT("text"),

    /** {@link Long}. */
    NUMBER("int8"),

    /** {@link Boolean}. */
    FLAG("bool"),

    /** {@link UUID}. */
    UUIDS("uuid"),

    /** {@code byte[]}. */
    BYTES("bytea");

    private final String element;

    ValueForm(String element) {
        this.element = element;
    }

    /** The form of a type as {@code format_type} names it. */
    static ValueForm of(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint" -> NUMBER;
            case "boolean" -> FLAG;
            case "uuid" -> UUIDS;
            case "bytea" -> BYTES;
            default -> TEXT;
        };
    }

    /** The type of the elements of an array parameter. */
    String element() {
        return element;
    }

    /** Whether the elements need no cast to be of this type. */
    boolean isOf(String type) {
        return switch (this) {
            case TEXT -> type.equals("text");
            case NUMBER -> type.equals("bigint");
            case FLAG, UUIDS, BYTES -> true;
        };
    }

    /** Writes a value given as PostgreSQL's text of it. */
    void write(DataOutput out, byte @Nullable [] text) throws IOException {
        out.writeBoolean(text != null);
        if (text == null) {
            return;
        }
        switch (this) {
            case TEXT -> writeBytes(out, text);
            case NUMBER -> out.writeLong(Long.parseLong(new String(text, StandardCharsets.US_ASCII)));
            case FLAG -> out.writeBoolean(text[0] == 't');
            case UUIDS -> {
                UUID id = UUID.fromString(new String(text, StandardCharsets.US_ASCII));
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            case BYTES -> {
                // "\x" and two digits per byte.
                String hex = new String(text, StandardCharsets.US_ASCII);
                writeBytes(out, HexFormat.of().parseHex(hex, 2, hex.length()));
            }
        }
    }

    /** Reads a value back. */
    @Nullable
    Object read(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return switch (this) {
            case TEXT -> new String(readBytes(in), StandardCharsets.UTF_8);
            case NUMBER -> in.readLong();
            case FLAG -> in.readBoolean();
            case UUIDS -> new UUID(in.readLong(), in.readLong());
            case BYTES -> readBytes(in);
        };
    }

    /** An array for this many values. */
    @Nullable
    Object[] array(int length) {
        return switch (this) {
            case TEXT -> new @Nullable String[length];
            case NUMBER -> new @Nullable Long[length];
            case FLAG -> new @Nullable Boolean[length];
            case UUIDS -> new @Nullable UUID[length];
            case BYTES -> new byte @Nullable [length][];
        };
    }

    static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
