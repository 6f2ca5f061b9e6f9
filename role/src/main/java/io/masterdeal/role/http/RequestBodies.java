package io.masterdeal.role.http;

import io.masterdeal.role.http.BodyRefusedException.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests with limits: of size and time for each, of memory for all together, and of a part of that memory for
 * those of one caller.
 *
 * <p>A body gets memory for its first {@value #FIRST} bytes, and for more only when these have arrived. So a length that is announced
 * and not sent takes nothing from others. Thread-safe.
 */
public final class RequestBodies {
    /** The name under which the caller of a request is found among its attributes, once the key is known: a {@link String}. */
    public static final String CALLER = "io.masterdeal.caller";

    /** Bytes reserved for a body at first. */
    static final int FIRST = 64 * 1024;

    /** One caller may have a quarter of the memory. */
    private static final int CALLERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BUFFER = 8 * 1024;

    private final BodyMemory memory;
    private final Duration most;

    /**
     * @param bytes memory of all bodies in progress; what is made of them may take several times as much. A quarter of it has to be
     *     enough for the longest body
     * @param atOnce how many bodies of one caller may be in progress
     * @param most how long a body may take from its first byte to its last
     */
    public RequestBodies(long bytes, int atOnce, Duration most) {
        this(bytes, atOnce, most, PATIENCE);
    }

    RequestBodies(long bytes, int atOnce, Duration most, Duration patience) {
        this.memory = new BodyMemory(bytes, bytes / CALLERS, atOnce, patience);
        this.most = most;
    }

    /** Whether a request has a body, announced with its length or not. */
    public static boolean has(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * Reads a body.
     *
     * @param caller whose part of the memory it uses
     * @param maxBytes how long it may be
     * @return the body, or its first {@code maxBytes + 1} bytes if it is longer; to be closed after use
     * @throws BodyRefusedException if it does not arrive, or the server is full
     */
    public Body read(HttpServletRequest request, String caller, int maxBytes) {
        long announced = request.getContentLengthLong();
        int wanted = (int) (announced < 0 || announced > maxBytes ? maxBytes + 1L : announced);
        BodyMemory.Lease lease = memory.begin(caller, Math.min(wanted, FIRST));
        boolean read = false;
        try {
            var body = new Body(bytes(request, wanted, maxBytes, lease), lease);
            read = true;
            return body;
        } finally {
            if (!read) {
                lease.close();
            }
        }
    }

    /** Whether a body was refused within the last time because others had all the memory. */
    public boolean refusedWithin(Duration time) {
        long since = memory.sinceRefused();
        return since >= 0 && since < time.toNanos();
    }

    private byte[] bytes(HttpServletRequest request, int wanted, int maxBytes, BodyMemory.Lease lease) {
        long begin = System.nanoTime();
        byte[] bytes = new byte[Math.min(wanted, BUFFER)];
        int length = 0;
        try {
            InputStream in = request.getInputStream();
            while (length < wanted) {
                if (length == bytes.length) {
                    if (length >= FIRST && length < 2 * FIRST) {
                        lease.grow(Math.min(wanted, maxBytes) - FIRST);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * length));
                }
                int read = in.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (length < wanted && System.nanoTime() - begin > most.toNanos()) {
                    throw slow();
                }
            }
        } catch (IOException e) {
            if (timedOut(e)) {
                throw slow();
            }
            throw new BodyRefusedException(Fault.BROKEN, "The body could not be read to its end; nothing was done.");
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private BodyRefusedException slow() {
        return new BodyRefusedException(
                Fault.SLOW,
                "A body has to come within " + TimeUnit.NANOSECONDS.toMillis(most.toNanos())
                        + " ms, and not pause for long; nothing was done.");
    }

    private static boolean timedOut(@Nullable Throwable failure) {
        return failure != null && (failure instanceof SocketTimeoutException || timedOut(failure.getCause()));
    }

    /** A body in progress, and the memory it uses. */
    public static final class Body implements AutoCloseable {
        private final byte[] bytes;
        private final BodyMemory.Lease lease;

        private Body(byte[] bytes, BodyMemory.Lease lease) {
            this.bytes = bytes;
            this.lease = lease;
        }

        /** The bytes; not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
