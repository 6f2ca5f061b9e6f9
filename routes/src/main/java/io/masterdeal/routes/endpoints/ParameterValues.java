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
 * The values of endpoint parameters. Camel would write them into the address of the endpoint and parse them again, which turns
 * {@code +} into a blank and {@code %41} into an A, and cuts at {@code &}. So the address contains a mark instead, and the component gets
 * the value that the mark stands for. A value that contains a secret is therefore in no address and in no log. Thread-safe.
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
     * @param text as written in the route file, with placeholders
     * @param real with the placeholders resolved
     */
    private record Value(String text, String real) {}

    /**
     * What represents a value in an address: the value itself if it is harmless, or a mark.
     *
     * @param text as written in the route file
     * @param real with the placeholders resolved
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

    /** Replaces marks by their values. */
    public void restore(Map<String, Object> parameters) {
        parameters.replaceAll((_, given) -> {
            Value value = byMark.get(String.valueOf(given));
            return value == null ? given : value.real();
        });
    }

    /** A text for people, in which each mark is replaced by what the route file says. */
    public String shown(String text) {
        return MARK.matcher(text).replaceAll(found -> {
            Value value = byMark.get(found.group());
            return Matcher.quoteReplacement(value == null ? found.group() : value.text());
        });
    }
}
