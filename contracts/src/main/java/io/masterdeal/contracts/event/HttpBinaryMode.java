package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of an event in CloudEvents' binary mode over HTTP: {@code ce-} and the name of the attribute.
 *
 * <p>Values are percent-encoded UTF-8 (HTTP protocol binding for CloudEvents 1.0, section 3.1.3.2), so that
 * {@code docflow:contract:К-9} passes through headers, which are ASCII. The media type of the data is in
 * {@code Content-Type}; a header {@code traceparent} of the request stands in for {@code ce-traceparent}.
 */
public final class HttpBinaryMode {
    private static final String PREFIX = "ce-";
    private static final String TRACEPARENT = "traceparent";
    private static final String HEX = "0123456789ABCDEF";

    private HttpBinaryMode() {}

    /**
     * Extracts the CloudEvents attributes from the headers of a request.
     *
     * @param headers by name, in any case; headers other than those of CloudEvents are ignored
     * @return attributes for {@link EventJson#read(Map, byte[])}
     * @throws InvalidEventException if a value is not ASCII, or does not decode to UTF-8
     */
    public static Map<String, String> attributes(Map<String, String> headers) {
        var attributes = new LinkedHashMap<String, String>();
        var violations = new ArrayList<Violation>();
        headers.forEach((header, value) -> {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                String attribute = name.substring(PREFIX.length());
                if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                    violations.add(new Violation(
                            "/" + attribute,
                            "must be ASCII in a header: write other characters as %XX of their UTF-8"));
                }
                attributes.put(attribute, decode(attribute, unquote(value), violations));
            } else if (name.equals("content-type")) {
                attributes.put("datacontenttype", value);
            } else if (name.equals(TRACEPARENT)) {
                attributes.putIfAbsent(TRACEPARENT, value);
            }
        });
        if (!violations.isEmpty()) {
            throw new InvalidEventException(violations);
        }
        return attributes;
    }

    /**
     * The headers that carry an envelope.
     *
     * @param envelope any envelope
     * @return headers by name, including {@code Content-Type}
     */
    public static Map<String, String> headers(Envelope envelope) {
        var headers = new LinkedHashMap<String, String>();
        ContextAttributes.write(envelope).forEach((name, value) -> headers.put(PREFIX + name, encode(value)));
        headers.put("Content-Type", "application/json");
        return headers;
    }

    private static String unquote(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static String decode(String attribute, String value, List<Violation> violations) {
        try {
            return PercentCoding.decode(value);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("/" + attribute, String.valueOf(e.getMessage())));
            return value;
        }
    }

    private static String encode(String value) {
        var out = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b <= '~' && b != '"' && b != '%') {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return out.toString();
    }
}
