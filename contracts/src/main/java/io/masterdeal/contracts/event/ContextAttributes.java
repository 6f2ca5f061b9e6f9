package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.contracts.text.Utf8;
import io.masterdeal.contracts.text.UuidText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The envelope as CloudEvents attributes: names in lower case, values as text, as in headers.
 *
 * <p>{@code specversion} must be 1.0. An invalid {@code traceparent} (W3C Trace Context, section 3.2) is dropped, as that
 * standard requires; unknown attributes are accepted and ignored (CloudEvents 1.0, extension attributes).
 */
public final class ContextAttributes {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");
    private static final int LONG_DIGITS = 19;

    private final Map<String, String> attributes;
    private final List<Violation> violations;

    private ContextAttributes(Map<String, String> attributes, List<Violation> violations) {
        this.attributes = attributes;
        this.violations = violations;
    }

    /**
     * Reads an envelope.
     *
     * @param attributes by name; values as text
     * @param violations receives every error found
     * @return the envelope, or null if anything was wrong
     */
    public static @Nullable Envelope read(Map<String, String> attributes, List<Violation> violations) {
        return new ContextAttributes(attributes, violations).envelope();
    }

    /**
     * Writes an envelope.
     *
     * @param envelope any envelope
     * @return its attributes in a fixed order, {@code specversion} first; absent ones are left out
     */
    public static Map<String, String> write(Envelope envelope) {
        var out = new LinkedHashMap<String, String>();
        out.put("specversion", "1.0");
        out.put("id", envelope.id().toString());
        out.put("source", envelope.source());
        out.put("type", envelope.type());
        out.put("subject", envelope.subject());
        out.put("time", Rfc3339.format(envelope.time()));
        put(out, "sequence", envelope.sequence());
        put(out, "correlationid", envelope.correlationId());
        put(out, "causationid", envelope.causationId());
        put(out, "masterdealid", envelope.masterDealId());
        put(out, "traceparent", envelope.traceparent());
        if (envelope.replayed()) {
            out.put("replayed", "true");
        }
        return out;
    }

    private static void put(Map<String, String> out, String name, @Nullable Object value) {
        if (value != null) {
            out.put(name, value.toString());
        }
    }

    private @Nullable Envelope envelope() {
        int before = violations.size();
        required("specversion", ContextAttributes::version);
        UUID id = required("id", UuidText::parse);
        String source = required("source", ContextAttributes::uriReference);
        String type = required("type", ContextAttributes::text);
        String subject = required("subject", ContextAttributes::text);
        Instant time = required("time", Rfc3339::parse);
        Long sequence = optional("sequence", ContextAttributes::sequence);
        String correlationId = optional("correlationid", ContextAttributes::text);
        String causationId = optional("causationid", ContextAttributes::text);
        UUID masterDealId = optional("masterdealid", UuidText::parse);
        Boolean replayed = optional("replayed", ContextAttributes::flag);
        if (violations.size() > before
                || id == null
                || source == null
                || type == null
                || subject == null
                || time == null) {
            return null;
        }
        return new Envelope(
                id,
                source,
                type,
                subject,
                time,
                sequence,
                correlationId,
                causationId,
                masterDealId,
                traceparent(),
                replayed != null && replayed);
    }

    private @Nullable String traceparent() {
        String value = attributes.get("traceparent");
        return value != null && TRACEPARENT.matcher(value).matches() ? value : null;
    }

    private <T> @Nullable T required(String name, Function<String, T> reader) {
        if (!attributes.containsKey(name)) {
            wrong(name, "is required");
            return null;
        }
        return optional(name, reader);
    }

    private <T> @Nullable T optional(String name, Function<String, T> reader) {
        String value = attributes.get(name);
        if (value == null) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            wrong(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void wrong(String name, String message) {
        violations.add(new Violation("/" + name, message));
    }

    private static String text(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("must not be empty; leave it out where it may be absent");
        }
        if (Utf8.length(value) > Limits.CONTEXT_BYTES) {
            throw new IllegalArgumentException("is longer than " + Limits.CONTEXT_BYTES + " bytes");
        }
        if (Utf8.hasControl(value) || Utf8.hasForbidden(value)) {
            throw new IllegalArgumentException("has control characters or half a surrogate pair");
        }
        return value;
    }

    private static String version(String value) {
        if (!value.equals("1.0")) {
            throw new IllegalArgumentException("must be \"1.0\"");
        }
        return value;
    }

    private static String uriReference(String value) {
        try {
            return new URI(text(value)).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URI reference such as /crm: " + e.getReason(), e);
        }
    }

    private static Long sequence(String value) {
        if (value.length() < LONG_DIGITS && isDigits(value)) {
            return Long.valueOf(value);
        }
        if (DIGITS.matcher(value).matches()) {
            String digits = LEADING_ZEROS.matcher(value).replaceFirst("");
            if (digits.length() < LONG_DIGITS
                    || (digits.length() == LONG_DIGITS && digits.compareTo(String.valueOf(Long.MAX_VALUE)) <= 0)) {
                return Long.valueOf(digits);
            }
        }
        throw new IllegalArgumentException("must be a whole number from 0 to 9223372036854775807, as decimal digits in"
                + " a string or as a JSON number");
    }

    private static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static Boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be \"true\" or \"false\"");
        };
    }
}
