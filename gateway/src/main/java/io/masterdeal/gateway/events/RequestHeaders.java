package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.HttpBinaryMode;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The headers of a request that describe its events. */
final class RequestHeaders {
    private static final String PREFIX = "ce-";
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_ENCODING = "content-encoding";
    private static final String TRACEPARENT = "traceparent";

    /** {@code ce-} headers, content type and encoding, trace context: by name in lower case. */
    private final Map<String, String> headers;

    private RequestHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    /**
     * Reads them from a request.
     *
     * @throws RefusedRequestException if a header that may occur once occurs more often
     */
    static RequestHeaders of(HttpServletRequest request) {
        var headers = new TreeMap<String, String>();
        var repeated = new ArrayList<Violation>();
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            boolean attribute = name.startsWith(PREFIX);
            if (!attribute
                    && !name.equals(CONTENT_TYPE)
                    && !name.equals(CONTENT_ENCODING)
                    && !name.equals(TRACEPARENT)) {
                continue;
            }
            List<String> values = Collections.list(request.getHeaders(header));
            if (values.size() == 1) {
                headers.put(name, values.getFirst());
            } else if (!name.equals(TRACEPARENT)) {
                // An ambiguous trace context is ignored (W3C Trace Context, section 3.2).
                repeated.add(new Violation(
                        attribute ? "/" + name.substring(PREFIX.length()) : "",
                        "the header " + name + " is given " + values.size() + " times"));
            }
        }
        if (!repeated.isEmpty()) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "Send each header named in errors once.", repeated);
        }
        return new RequestHeaders(headers);
    }

    /**
     * How the request carries events.
     *
     * @throws RefusedRequestException if it has none of the modes
     */
    ContentMode mode() {
        return ContentMode.of(headers.get(CONTENT_TYPE), headers.get(CONTENT_ENCODING));
    }

    /** W3C trace context of the request; null if there is none. */
    @Nullable
    String traceparent() {
        return headers.get(TRACEPARENT);
    }

    /**
     * The attributes of an event in binary mode.
     *
     * @throws RefusedRequestException if there are none, or one is wrongly encoded
     */
    Map<String, String> attributes() {
        if (attributeNames().isEmpty()) {
            throw new RefusedRequestException(
                    ProblemType.NOT_CLOUDEVENTS,
                    "There are no ce- headers, so this is no event in binary mode: send ce-specversion, ce-id, ce-source,"
                            + " ce-type, ce-subject and ce-time, or the whole event as application/cloudevents+json.");
        }
        if (headers.containsKey(PREFIX + "datacontenttype")) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST,
                    "In binary mode the header Content-Type stands for datacontenttype: leave ce-datacontenttype out.",
                    List.of(new Violation("/datacontenttype", "is given twice")));
        }
        return decoded();
    }

    /**
     * Checks that headers beside an event in structured mode agree with the event.
     *
     * @throws RefusedRequestException if they do not agree
     */
    void checkSameAs(JsonNode event) {
        if (attributeNames().isEmpty()) {
            return;
        }
        var different = new ArrayList<Violation>();
        Map<String, String> decoded = decoded();
        for (String name : attributeNames()) {
            JsonNode value = event.get(name);
            String text = value == null || value.isContainer() ? null : value.asString();
            if (!String.valueOf(decoded.get(name)).equals(text)) {
                different.add(new Violation("/" + name, "is not what the header " + PREFIX + name + " says"));
            }
        }
        if (!different.isEmpty()) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST,
                    "Headers and body contradict each other: leave the ce- headers out, the body has it all.",
                    different);
        }
    }

    /**
     * Checks that no header claims to describe a batch.
     *
     * @throws RefusedRequestException if one does
     */
    void checkNoAttributes() {
        List<Violation> found = attributeNames().stream()
                .map(name -> new Violation("", "the header " + PREFIX + name + " cannot be said of several events"))
                .toList();
        if (!found.isEmpty()) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "Leave the ce- headers out: a batch has all in its body.", found);
        }
    }

    /** The headers kept with a refused event for people to read. */
    Map<String, String> kept() {
        return headers;
    }

    private List<String> attributeNames() {
        return headers.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .toList();
    }

    private Map<String, String> decoded() {
        try {
            return new LinkedHashMap<>(HttpBinaryMode.attributes(headers));
        } catch (InvalidEventException e) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "Percent-encode the headers named in errors.", e.violations());
        }
    }
}
