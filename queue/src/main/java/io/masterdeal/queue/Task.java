package io.masterdeal.queue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Work to be done.
 *
 * @param id identifies the task. Handlers recognise by it a task that is delivered more than once
 * @param type what kind of work, up to 100 letters, digits, dots, hyphens and underscores
 * @param payload the input of the work, usually JSON; at most {@value #MOST_PAYLOAD_BYTES} bytes in UTF-8
 * @param headers {@link #CORRELATION_ID}, {@link #TRACEPARENT} and others. Names of up to 64 lower-case letters, digits and
 *     hyphens; values without control characters; at most {@value #MOST_HEADER_BYTES} bytes together
 */
public record Task(UUID id, String type, String payload, Map<String, String> headers) {

    /** The header with the id that is common to all steps of a business process. */
    public static final String CORRELATION_ID = "correlation-id";

    /** The header with the W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** Every broker accepts this with its default settings. */
    public static final int MOST_PAYLOAD_BYTES = 512 * 1024;

    /** The most bytes of all headers, names and values. */
    public static final int MOST_HEADER_BYTES = 16 * 1024;

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Pattern HEADER = Pattern.compile("[a-z0-9-]{1,64}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * @throws IllegalArgumentException if a part is invalid; the message says which, and what is allowed
     */
    public Task {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "the type of a task is 1 to 100 letters, digits, dots, hyphens and underscores, not '" + type
                            + "'");
        }
        headers = Map.copyOf(headers);
        int bytes = utf8("the payload", payload).remaining();
        if (bytes > MOST_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "the payload of task %s has %,d bytes, and %,d are allowed: store large data elsewhere, and send a reference to it"
                            .formatted(id, bytes, MOST_PAYLOAD_BYTES));
        }
        int ofHeaders = headers.entrySet().stream()
                .mapToInt(each -> bytesOfHeader(each.getKey(), each.getValue()))
                .sum();
        if (ofHeaders > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("the headers of task %s have %,d bytes, and %,d are allowed"
                    .formatted(id, ofHeaders, MOST_HEADER_BYTES));
        }
    }

    private static int bytesOfHeader(String name, String value) {
        if (!HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a header is 1 to 64 lower-case letters, digits and hyphens, not '" + name + "'");
        }
        if (CONTROL.matcher(value).find()) {
            throw new IllegalArgumentException("the header '" + name + "' has a control character");
        }
        return name.length() + utf8("the header '" + name + "'", value).remaining();
    }

    private static ByteBuffer utf8(String what, String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " has half of a surrogate pair, which is no text", e);
        }
    }

    /**
     * A new task with an id of its own.
     *
     * @param type what kind of work
     * @param payload what it needs to know
     * @return the task, without headers
     */
    public static Task of(String type, String payload) {
        return new Task(UUID.randomUUID(), type, payload, Map.of());
    }

    /**
     * The same with another header.
     *
     * @param name its name
     * @param value its value
     * @return the changed copy
     */
    public Task with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Task(id, type, payload, more);
    }

    /** The id that is common to all steps of a business process; null if there is none. */
    public @Nullable String correlationId() {
        return headers.get(CORRELATION_ID);
    }

    /** The W3C trace context; null if there is none. */
    public @Nullable String traceparent() {
        return headers.get(TRACEPARENT);
    }
}
