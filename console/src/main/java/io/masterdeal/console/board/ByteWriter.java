package io.masterdeal.console.board;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and texts shortly, to be read by a {@link ByteReader}. Not thread-safe. */
final class ByteWriter {

    private byte[] bytes = new byte[256];
    private int size;

    /** Begins anew. */
    void clear() {
        size = 0;
    }

    /** What was written since then. */
    byte[] written() {
        return Arrays.copyOf(bytes, size);
    }

    /** A number of which small positive ones are short. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** A number of which those near 0 are short. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        if (size + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + encoded.length));
        }
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void octet(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[size++] = (byte) value;
    }
}
