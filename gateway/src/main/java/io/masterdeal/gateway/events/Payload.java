package io.masterdeal.gateway.events;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An event as the bytes that were sent. */
final class Payload {
    private static final int KEPT_BYTES = 64 * 1024;

    private final byte[] bytes;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The part that an error event carries: a copy, so that a large body is not retained. */
    ByteBuffer kept() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_BYTES)));
    }

    /** Whether that is only a part. */
    boolean truncated() {
        return bytes.length > KEPT_BYTES;
    }
}
