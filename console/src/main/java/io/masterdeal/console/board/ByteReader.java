package io.masterdeal.console.board;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteWriter} wrote. Not thread-safe. */
final class ByteReader {

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    void skip(int octets) {
        position += octets;
    }

    long number() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[position++];
            value |= ((long) (next & 0x7F)) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    int size() {
        return (int) number();
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = size();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }
}
