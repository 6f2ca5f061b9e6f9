package io.masterdeal.routes.files;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The values of placeholders in routes: from a file that only its owner may read, and from those environment variables that routes use.
 * It removes them from texts that people see. Thread-safe.
 */
public final class Secrets {

    private static final int SHORTEST = 4;

    private static final int SHORTEST_IN_BASE64 = 8;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final @Nullable Path file;

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /**
     * A value.
     *
     * @param placeholder what stands for it
     * @param pattern its forms
     */
    private record Known(String value, String placeholder, Pattern pattern) {}

    private Secrets(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Reads them.
     *
     * @param file null if there is none
     * @throws IOException if it cannot be read, or others than its owner may read it
     */
    public static Secrets read(@Nullable Path file) throws IOException {
        Secrets secrets = new Secrets(file);
        secrets.read();
        return secrets;
    }

    /**
     * Reads the file again. Values that are no longer in it are still redacted.
     *
     * @throws IOException if it cannot be read, or others than its owner may read it
     */
    public void read() throws IOException {
        if (file == null) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: chmod 600 " + file);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        properties.stringPropertyNames().forEach(it -> add("{{" + it + "}}", properties.getProperty(it)));
    }

    /** Adds the value of a placeholder. */
    void add(String placeholder, String given) {
        String value = given.strip();
        if (value.length() >= SHORTEST) {
            known.computeIfAbsent(value, it -> new Known(it, placeholder, forms(it)));
        }
    }

    /** Replaces the values in a text by their placeholders, however the text encodes them: percent-encoded, as JSON, in Base64. */
    public String redact(String text) {
        String redacted = text;
        List<Known> longestFirst = known.values().stream()
                .sorted(Comparator.comparingInt((Known it) -> it.value().length())
                        .reversed())
                .toList();
        for (Known each : longestFirst) {
            redacted = each.pattern().matcher(redacted).replaceAll(Matcher.quoteReplacement(each.placeholder()));
        }
        return redacted;
    }

    private static Pattern forms(String value) {
        String written = value.codePoints().mapToObj(Secrets::forms).collect(Collectors.joining());
        String packed = value.length() < SHORTEST_IN_BASE64
                ? ""
                : base64(value).stream().map(Pattern::quote).collect(Collectors.joining("|", "|", ""));
        return Pattern.compile(written + packed);
    }

    /** How a character may be written. */
    private static String forms(int codePoint) {
        String character = Character.toString(codePoint);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(Pattern.quote(character));
        StringBuilder percent = new StringBuilder();
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            percent.append("%(?:25)?(?i:")
                    .append(String.format("%02x", each & 0xff))
                    .append(")");
        }
        forms.add(percent.toString());
        String json = JsonNodeFactory.instance.stringNode(character).toString();
        forms.add(Pattern.quote(json.substring(1, json.length() - 1)));
        forms.add(character
                .chars()
                .mapToObj(it -> "\\\\u(?i:" + String.format("%04x", it) + ")")
                .collect(Collectors.joining()));
        if (codePoint == ' ') {
            forms.add("\\+");
        } else if (codePoint == '/') {
            forms.add("\\\\/");
        }
        return forms.stream().collect(Collectors.joining("|", "(?:", ")"));
    }

    /** The characters that represent it in Base64, at each of the three offsets at which it may begin. */
    private static Set<String> base64(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new HashSet<>();
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            int whole = shifted.length / 3 * 3;
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.encodeToString(Arrays.copyOf(shifted, whole));
                forms.add(text.substring(shift == 0 ? 0 : 4));
            }
        }
        return forms;
    }
}
