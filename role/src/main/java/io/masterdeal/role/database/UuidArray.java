package io.masterdeal.role.database;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A parameter of type {@code uuid[]} that goes over the wire in binary form where the connection allows it: where its property
 * {@code binaryTransferEnable} is {@link #BINARY}. Otherwise it goes as text, the form in which the driver always sends such arrays
 * itself, and which takes both sides longer.
 */
public final class UuidArray extends PGobject implements PGBinaryObject {

    /** The value that the driver's property {@code binaryTransferEnable} needs. */
    public static final String BINARY = "UUID_ARRAY";

    private static final int HEADER = 5 * Integer.BYTES;

    private static final int EMPTY_HEADER = 3 * Integer.BYTES;

    private static final int NULL = -1;

    private final transient List<@Nullable UUID> elements;

    /**
     * A parameter.
     *
     * @param elements copied; may contain nulls
     */
    public UuidArray(Collection<? extends @Nullable UUID> elements) {
        this.elements = Collections.unmodifiableList(new ArrayList<>(elements));
        setType("_uuid");
    }

    /** The text form (PostgreSQL manual, "Array Input and Output Syntax"). */
    @Override
    public String getValue() {
        StringBuilder text = new StringBuilder("{");
        for (UUID element : elements) {
            text.append(text.length() > 1 ? "," : "").append(element == null ? "NULL" : element.toString());
        }
        return text.append('}').toString();
    }

    @Override
    public int lengthInBytes() {
        if (elements.isEmpty()) {
            return EMPTY_HEADER;
        }
        int length = HEADER;
        for (UUID element : elements) {
            length += Integer.BYTES + (element == null ? 0 : 2 * Long.BYTES);
        }
        return length;
    }

    /** The binary form: {@code array_recv} in PostgreSQL's arrayfuncs.c. */
    @Override
    public void toBytes(byte[] bytes, int offset) {
        ByteBuffer out = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        out.putInt(elements.isEmpty() ? 0 : 1);
        out.putInt(elements.contains(null) ? 1 : 0);
        out.putInt(Oid.UUID);
        if (elements.isEmpty()) {
            return;
        }
        out.putInt(elements.size()).putInt(1);
        for (UUID element : elements) {
            if (element == null) {
                out.putInt(NULL);
            } else {
                out.putInt(2 * Long.BYTES)
                        .putLong(element.getMostSignificantBits())
                        .putLong(element.getLeastSignificantBits());
            }
        }
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new IllegalStateException("an array of UUIDs is only sent, never read into");
    }
}
