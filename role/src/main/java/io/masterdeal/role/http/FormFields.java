package io.masterdeal.role.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form that a browser sends ({@code application/x-www-form-urlencoded}). The container cannot read them once a filter has
 * read the body.
 */
final class FormFields {
    /** The most fields of a form. */
    static final int MOST = 1000;

    private static final String TYPE = "application/x-www-form-urlencoded";

    private FormFields() {}

    /** Whether a body of this content type is a form. */
    static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
    }

    /**
     * Reads the fields, those with the same name in their order.
     *
     * @param body the whole body
     * @throws IllegalArgumentException if it is not encoded as a form is, a field has a character 0, or there are more than {@value #MOST} fields
     */
    static Map<String, List<String>> read(byte[] body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return fields;
        }
        String[] pairs = text.split("&", MOST + 2);
        if (pairs.length > MOST) {
            throw new IllegalArgumentException("a form may have " + MOST + " fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            fields.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
        }
        return fields;
    }

    private static String decoded(String text) {
        String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        if (decoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a field has a character 0");
        }
        return decoded;
    }
}
