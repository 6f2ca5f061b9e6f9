package io.masterdeal.model;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The normal form of a value as text, from which an id is derived: equal for equal values in every JVM. Each word is prefixed by its
 * length, so that different sequences of words never give the same text.
 */
public final class MeaningText {

    private final StringBuilder text = new StringBuilder();

    /** Adds a word. */
    public MeaningText word(String word) {
        text.append(word.length()).append(':').append(word);
        return this;
    }

    /** Adds a name, the number of words, and the words in their order. */
    public MeaningText words(String name, Collection<String> words) {
        word(name).word(Integer.toString(words.size()));
        words.forEach(this::word);
        return this;
    }

    /** Adds a name, the number of words, and the words sorted by UTF-8 bytes, since the order of a set differs from JVM to JVM. */
    public MeaningText sorted(String name, Set<String> words) {
        Set<String> sorted = new TreeSet<>(Utf8Order.INSTANCE);
        sorted.addAll(words);
        return words(name, sorted);
    }

    /** The id of the text. */
    public UUID id(UUID namespace) {
        return NameUuid.of(namespace, text.toString());
    }
}
