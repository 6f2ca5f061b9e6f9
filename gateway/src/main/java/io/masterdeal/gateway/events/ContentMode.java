package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Limits;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** How a request carries events (HTTP protocol binding for CloudEvents 1.0, section 3). */
enum ContentMode {
    /** One event as JSON. */
    STRUCTURED("application/cloudevents+json", Limits.EVENT_BYTES),
    /** A JSON array of events. */
    BATCH("application/cloudevents-batch+json", 4 * 1024 * 1024),
    /** One event: its attributes in headers, its data as the body. */
    BINARY(MediaType.APPLICATION_JSON_VALUE, Limits.EVENT_BYTES);

    /** What a caller may send, as a list for messages and headers. */
    static final String ACCEPTED = STRUCTURED.type + ", " + BATCH.type + ", " + BINARY.type;

    private static final String ADVICE = "Send one event as " + STRUCTURED.type + ", several as " + BATCH.type
            + ", or the data of one as " + BINARY.type + " with its attributes in ce- headers, all in UTF-8";

    private final String type;
    private final int maxBytes;

    ContentMode(String type, int maxBytes) {
        this.type = type;
        this.maxBytes = maxBytes;
    }

    /** The longest body, in bytes. */
    int maxBytes() {
        return maxBytes;
    }

    /**
     * Finds the mode of a request.
     *
     * @throws RefusedRequestException if it has none of them
     */
    static ContentMode of(@Nullable String contentType, @Nullable String contentEncoding) {
        if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
            throw unsupported(
                    "The content encoding " + contentEncoding + " is not supported: send the body as it is. " + ADVICE);
        }
        MediaType sent;
        try {
            sent = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(contentType);
            Charset charset = sent.getCharset();
            if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
                throw unsupported("The body has to be in UTF-8, not " + charset + ". " + ADVICE);
            }
        } catch (IllegalArgumentException e) {
            throw unsupported("The content type cannot be read. " + ADVICE);
        }
        for (ContentMode mode : values()) {
            if (MediaType.parseMediaType(mode.type).equalsTypeAndSubtype(sent)) {
                return mode;
            }
        }
        throw unsupported((contentType == null ? "The request has no content type. " : "") + ADVICE);
    }

    private static RefusedRequestException unsupported(String detail) {
        return new RefusedRequestException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
