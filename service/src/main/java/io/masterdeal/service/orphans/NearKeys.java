package io.masterdeal.service.orphans;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keys that may be meant where another one is written: of the same system and kind, with an id that differs by one edit (a character
 * more, less, other, or two swapped), by upper and lower case, or by letters that look the same in Latin and Cyrillic. They are looked
 * up one by one in an index, so what a search costs does not depend on how many objects there are.
 */
final class NearKeys {

    /** The most keys looked up for one. */
    static final int MOST = 3000;

    /** Ids that are longer are only searched for letters that look the same. */
    private static final int LONGEST = 64;

    private static final String LATIN = "ABCEHKMOPTXYaceopxy";

    private static final String CYRILLIC = "АВСЕНКМОРТХУасеорху";

    private NearKeys() {}

    /** A kind of near key, the most telling first. */
    enum Nearness {
        /** Letters that look the same. */
        LOOK_ALIKE,
        /** Other case, or one edit. */
        EDIT
    }

    /** A key and how it is near. */
    record Near(String key, Nearness nearness) {}

    /**
     * The keys near one, at most {@value #MOST}, without itself.
     *
     * @param key {@code domain:kind:id}
     */
    static List<Near> of(String key) {
        int end = key.indexOf(':', key.indexOf(':') + 1) + 1;
        String prefix = key.substring(0, end);
        String id = key.substring(end);
        Set<String> alike = alike(id);
        Set<String> edited = new LinkedHashSet<>(List.of(lower(id), upper(id)));
        if (id.length() <= LONGEST) {
            edit(id, edited);
        }
        alike.remove(id);
        edited.remove(id);
        edited.remove("");
        edited.removeAll(alike);
        List<Near> keys = new ArrayList<>();
        alike.forEach(each -> keys.add(new Near(prefix + each, Nearness.LOOK_ALIKE)));
        edited.forEach(each -> keys.add(new Near(prefix + each, Nearness.EDIT)));
        return List.copyOf(keys.subList(0, Math.min(MOST, keys.size())));
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static String upper(String id) {
        return id.toUpperCase(Locale.ROOT);
    }

    private static Set<String> alike(String id) {
        Set<String> alike = new LinkedHashSet<>();
        alike.add(mapped(id, CYRILLIC, LATIN));
        alike.add(mapped(id, LATIN, CYRILLIC));
        for (int i = 0; i < Math.min(id.length(), LONGEST); i++) {
            String letter = id.substring(i, i + 1);
            String other = LATIN.contains(letter) ? mapped(letter, LATIN, CYRILLIC) : mapped(letter, CYRILLIC, LATIN);
            alike.add(id.substring(0, i) + other + id.substring(i + 1));
        }
        return alike;
    }

    private static String mapped(String text, String from, String to) {
        StringBuilder mapped = new StringBuilder(text);
        for (int i = 0; i < mapped.length(); i++) {
            int at = from.indexOf(mapped.charAt(i));
            if (at >= 0) {
                mapped.setCharAt(i, to.charAt(at));
            }
        }
        return mapped.toString();
    }

    private static void edit(String id, Set<String> edited) {
        for (int i = 0; i < id.length(); i++) {
            String before = id.substring(0, i);
            edited.add(before + id.substring(i + 1));
            if (i + 1 < id.length()) {
                edited.add(before + id.charAt(i + 1) + id.charAt(i) + id.substring(i + 2));
            }
        }
        for (int i = 0; i <= id.length(); i++) {
            String before = id.substring(0, i);
            String after = id.substring(i);
            SortedSet<Character> letters = new TreeSet<>();
            if (i > 0) {
                like(id.charAt(i - 1), letters);
            }
            if (!after.isEmpty()) {
                like(after.charAt(0), letters);
                letters.forEach(letter -> edited.add(before + letter + after.substring(1)));
            }
            letters.add('-');
            letters.forEach(letter -> edited.add(before + letter + after));
        }
    }

    /** Adds what may stand where a character stands: characters of the same kind. */
    private static void like(char c, SortedSet<Character> letters) {
        for (String range : List.of("09", "az", "AZ", "ая", "АЯ")) {
            if (c >= range.charAt(0) && c <= range.charAt(1)) {
                for (char each = range.charAt(0); each <= range.charAt(1); each++) {
                    letters.add(each);
                }
            }
        }
    }
}
