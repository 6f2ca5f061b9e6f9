package io.masterdeal.console.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The words of all screens, from {@code words/SCREEN_LANGUAGE.properties} (UTF-8). In a value {@code {0}} stands for the first argument. A
 * value that depends on a number has a key for each form: {@code key.one}, {@code key.few} (Russian 2 to 4), {@code key.many}, {@code
 * key.other}. Immutable.
 */
public final class Words {

    private static final String FOLDER = "classpath*:masterdeal/console/words/";

    private final Map<Language, Map<String, String>> words = new EnumMap<>(Language.class);

    private Words() {}

    /**
     * Reads all files.
     *
     * @throws IllegalStateException if two files have the same key
     */
    public static Words load() {
        Words all = new Words();
        try {
            for (Language language : Language.values()) {
                Map<String, String> known = new HashMap<>();
                for (Resource file : new PathMatchingResourcePatternResolver()
                        .getResources(FOLDER + "*_" + language.tag() + ".properties")) {
                    all.read(file, known);
                }
                all.words.put(language, Map.copyOf(known));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the words of the screens cannot be read", e);
        }
        return all;
    }

    private void read(Resource file, Map<String, String> into) throws IOException {
        Properties read = new Properties();
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            read.load(reader);
        }
        for (String key : read.stringPropertyNames()) {
            if (into.put(key, read.getProperty(key)) != null) {
                throw new IllegalStateException(
                        "the key '" + key + "' in " + file.getFilename() + " is in another file too");
            }
        }
    }

    /** All keys of a language, for tests that compare the languages. */
    public SortedSet<String> keys(Language language) {
        return new TreeSet<>(words.getOrDefault(language, Map.of()).keySet());
    }

    /** Whether there is such a key. */
    public boolean has(Language language, String key) {
        return words.getOrDefault(language, Map.of()).containsKey(key);
    }

    /**
     * A text.
     *
     * @param key as in the files
     * @param arguments in the order of their numbers
     * @throws IllegalArgumentException if there is no such key
     */
    public String text(Language language, String key, Object... arguments) {
        String text = words.getOrDefault(language, Map.of()).get(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for '" + key + "' in " + language.tag());
        }
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }

    /** The form of a key for a number, by the rules of CLDR for whole numbers. */
    public static String form(Language language, long number) {
        if (language == Language.EN) {
            return number == 1 ? "one" : "other";
        }
        long tens = Math.abs(number) % 100;
        long ones = tens % 10;
        if (ones == 1 && tens != 11) {
            return "one";
        }
        return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? "few" : "many";
    }
}
