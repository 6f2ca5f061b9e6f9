package io.masterdeal.contracts.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Forms of text, given by the property {@code format} of a string schema: {@code decimal}, {@code currency} and
 * {@code uri}. Unknown formats are not checked.
 */
final class TextFormat {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,10})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private TextFormat() {}

    /** What is wrong with the text; null if it is valid. */
    static @Nullable String problem(String text, Schema schema) {
        String format = format(schema);
        return switch (format) {
            case "decimal" ->
                DECIMAL.matcher(text).matches()
                        ? null
                        : "must be a decimal number as text, such as \"1250.00\": at most 30 digits, a point and 10 more";
            case "currency" -> CURRENCY.matcher(text).matches() ? null : "must be three letters of ISO 4217: \"RUB\"";
            case "uri" -> isUri(text) ? null : "must be a URI reference (RFC 3986)";
            default -> null;
        };
    }

    private static String format(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            for (Schema branch : schema.getTypes()) {
                if (branch.getType() == Schema.Type.STRING) {
                    return format(branch);
                }
            }
        }
        String format = schema.getProp("format");
        return format == null ? "" : format;
    }

    private static boolean isUri(String text) {
        try {
            return !new URI(text).toString().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
