package io.masterdeal.gateway.events;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An event as bytes, as it was sent. */
final class Payload {
    private static final int KEPT_BYTES = 64 * 1024;

    private final byte[] bytes;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** As much of it as an error event carries: a copy, so that a large body need not be held for it. */
    ByteBuffer kept() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_BYTES)));
    }

    /** Whether that is not all. */
    boolean truncated() {
        return bytes.length > KEPT_BYTES;
    }
}
