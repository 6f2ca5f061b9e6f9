package io.masterdeal.gateway.events;

import java.nio.ByteBuffer;

/** An event as bytes, as it was sent. */
final class Payload {
    private static final int KEPT_BYTES = 64 * 1024;

    private final byte[] bytes;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** As much of it as an error event carries. */
    ByteBuffer kept() {
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, KEPT_BYTES)).slice();
    }

    /** Whether that is not all. */
    boolean truncated() {
        return bytes.length > KEPT_BYTES;
    }
}
