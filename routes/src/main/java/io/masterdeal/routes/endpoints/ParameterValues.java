package io.masterdeal.routes.endpoints;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of parameters of endpoints. Camel would put them into the address of the endpoint and take them out again, which turns
 * {@code +} into a blank and {@code %41} into an A, and cuts at {@code &}. So the address has a mark instead, and the component gets
 * the value that the mark stands for. A value with a secret in it is then in no address, and so in no log. Thread-safe.
 */
public final class ParameterValues {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/,-]*");

    private static final Pattern MARK = Pattern.compile("value-[0-9a-f]{24}");

    private static final int HEX = 24;

    private final Map<String, Value> byMark = new ConcurrentHashMap<>();

    private final String salt = UUID.randomUUID().toString();

    /**
     * A value.
     *
     * @param text as it stands in the file of routes, with placeholders
     * @param real what it is
     */
    private record Value(String text, String real) {}

    /**
     * What stands for a value in an address: itself, if it is harmless, or a mark.
     *
     * @param text as it stands in the file of routes
     * @param real with the values of its placeholders
     */
    public String mark(String text, String real) {
        if (text.equals(real) && HARMLESS.matcher(text).matches()) {
            return text;
        }
        String mark = "value-" + hash(salt + "\n" + text + "\n" + real).substring(0, HEX);
        byMark.put(mark, new Value(text, real));
        return mark;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Puts values in the place of marks. */
    public void restore(Map<String, Object> parameters) {
        parameters.replaceAll((_, given) -> {
            Value value = byMark.get(String.valueOf(given));
            return value == null ? given : value.real();
        });
    }

    /** A text with what stands in the file of routes in the place of marks: for people. */
    public String shown(String text) {
        return MARK.matcher(text).replaceAll(found -> {
            Value value = byMark.get(found.group());
            return Matcher.quoteReplacement(value == null ? found.group() : value.text());
        });
    }
}
