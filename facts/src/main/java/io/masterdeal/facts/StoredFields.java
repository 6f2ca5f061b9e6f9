package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.Version;
import io.masterdeal.model.deal.RootAttributes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the attributes of a deal's root lie in {@code deals.fields}: a format number, which names there may be, how many
 * facts were read, the versions of the facts that have the attributes, each once, and for each attribute its name, the place of its
 * version, and its value. Texts are UTF-8 behind their length in two bytes.
 */
public final class StoredFields {

    /** Values are cut to this many characters. */
    public static final int LONGEST_VALUE = 500;

    private static final byte FORMAT = 1;

    private StoredFields() {}

    /**
     * The values of the attributes.
     *
     * @param bytes what lies in the column; null if nothing does
     * @return by name, sorted by UTF-8 bytes; only those that a fact has
     * @throws IllegalArgumentException if it is damaged, or of a format that this version does not know
     */
    public static SortedMap<String, String> values(byte @Nullable [] bytes) {
        return bytes == null ? new TreeMap<>(Utf8Order.INSTANCE) : read(bytes).values();
    }

    /**
     * What lies in the column for a deal.
     *
     * @param names of the attributes that answers have
     * @param root of the deal
     * @param facts all of the deal, each once, in any order, without the retracted
     */
    public static byte[] of(FieldNames names, ObjectKey root, Collection<Fact> facts) {
        return write(new FieldKeeper(names).of(root, facts));
    }

    /** The start of a text, at most so many characters, without half a surrogate pair at its end. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    static KeptFields read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("attributes have format " + FORMAT + ", not " + format);
            }
            long meaning = in.getLong();
            int facts = in.getInt();
            Version[] versions = new Version[in.get()];
            for (int i = 0; i < versions.length; i++) {
                @Nullable Long sequence = in.get() == 0 ? null : in.getLong();
                versions[i] =
                        new Version(sequence, Instant.ofEpochMilli(in.getLong()), new UUID(in.getLong(), in.getLong()));
            }
            List<RootAttributes.Attribute> attributes = new ArrayList<>();
            while (in.hasRemaining()) {
                String name = text(in);
                Version version = versions[in.get()];
                attributes.add(new RootAttributes.Attribute(name, text(in), version));
            }
            return new KeptFields(meaning, facts, attributes);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("attributes of " + bytes.length + " bytes are damaged", e);
        }
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getShort()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    static byte[] write(KeptFields fields) {
        Map<Version, Byte> versions = new LinkedHashMap<>();
        List<byte[]> texts = new ArrayList<>();
        int size = Byte.BYTES + Long.BYTES + Integer.BYTES + Byte.BYTES;
        for (RootAttributes.Attribute each : fields.attributes()) {
            versions.putIfAbsent(each.version(), (byte) versions.size());
            byte[] name = each.name().getBytes(StandardCharsets.UTF_8);
            byte[] value = each.value().getBytes(StandardCharsets.UTF_8);
            texts.add(name);
            texts.add(value);
            size += 2 * Short.BYTES + name.length + value.length + Byte.BYTES;
        }
        for (Version version : versions.keySet()) {
            size += Byte.BYTES + (version.sequence() == null ? 3 : 4) * Long.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(FORMAT).putLong(fields.meaning()).putInt(fields.facts()).put((byte) versions.size());
        versions.keySet().forEach(version -> put(out, version));
        for (int i = 0; i < fields.attributes().size(); i++) {
            put(out, texts.get(2 * i));
            out.put(versions.getOrDefault(fields.attributes().get(i).version(), (byte) 0));
            put(out, texts.get(2 * i + 1));
        }
        return out.array();
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.putShort((short) text.length).put(text);
    }

    private static void put(ByteBuffer out, Version version) {
        Long sequence = version.sequence();
        out.put((byte) (sequence == null ? 0 : 1));
        if (sequence != null) {
            out.putLong(sequence);
        }
        out.putLong(version.occurredAt().toEpochMilli())
                .putLong(version.eventId().getMostSignificantBits())
                .putLong(version.eventId().getLeastSignificantBits());
    }
}
