package io.masterdeal.facts;

import io.masterdeal.model.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The names of the root's attributes that answers have.
 *
 * @param names sorted by UTF-8 bytes
 */
public record FieldNames(SortedSet<String> names) {

    /** The setting that lists them. */
    public static final String SETTING = "masterdeal.deal-fields";

    /** If the setting says nothing else. */
    public static final String DEFAULT_LIST = "client,manager,product,region,amount,currency";

    /** Those of {@link #DEFAULT_LIST}. */
    public static final FieldNames DEFAULT = parse(DEFAULT_LIST);

    private static final int MOST_NAMES = 20;

    private static final int LONGEST_NAME = 100;

    /** Copies the set. */
    public FieldNames {
        SortedSet<String> sorted = new TreeSet<>(Utf8Order.INSTANCE);
        sorted.addAll(names);
        names = Collections.unmodifiableSortedSet(sorted);
    }

    /**
     * Reads a list of names with commas between them, in any order; empty for none.
     *
     * @throws IllegalArgumentException if there are too many, or one is empty, too long, or there twice; says which
     */
    public static FieldNames parse(String list) {
        List<String> names = list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        SortedSet<String> sorted = new TreeSet<>(Utf8Order.INSTANCE);
        for (String name : names) {
            if (name.isEmpty()) {
                throw refused("there is a comma with no name beside it in '" + list + "'");
            }
            if (name.length() > LONGEST_NAME) {
                throw refused("a name has at most " + LONGEST_NAME + " characters, '" + name.substring(0, 20)
                        + "...' has " + name.length());
            }
            if (name.chars().anyMatch(c -> c < ' ')) {
                throw refused("a name has no control characters");
            }
            if (!sorted.add(name)) {
                throw refused("'" + name + "' is there twice");
            }
        }
        if (sorted.size() > MOST_NAMES) {
            throw refused("it has at most " + MOST_NAMES + " names, not " + sorted.size());
        }
        return new FieldNames(sorted);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(SETTING + " lists the attributes of deals that answers have: " + why);
    }

    /** Differs between sets of different names. */
    long meaning() {
        String text = String.join("\n", names);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** Whether these are the same as others in any order. */
    boolean areThose(Collection<String> others) {
        return Objects.equals(names, new FieldNames(new TreeSet<>(others)).names);
    }
}
