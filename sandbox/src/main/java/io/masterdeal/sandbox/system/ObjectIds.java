package io.masterdeal.sandbox.system;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Assigns ids to new objects: {@code K-a1b2-0001-2} is the second contract of the deal {@code D-a1b2-0001}, and an invoice
 * for it is {@code I-a1b2-0001-1}. Objects that belong to nothing with such an id get the next free number.
 */
final class ObjectIds {
    private static final Pattern NUMBERED =
            Pattern.compile("[a-z-]+:[a-z-]+:[A-Z]+-(.{1,64}?-\\d{4,12})(?:-\\d{1,9})?");

    private ObjectIds() {}

    static String next(String prefix, List<String> links, long number, Predicate<String> taken) {
        for (String link : links) {
            Matcher parts = NUMBERED.matcher(link);
            if (parts.matches()) {
                return free(prefix + "-" + parts.group(1) + "-", 1, taken);
            }
        }
        return free(prefix + "-", number, taken);
    }

    private static String free(String stem, long from, Predicate<String> taken) {
        long number = from;
        while (taken.test(stem + number)) {
            number++;
        }
        return stem + number;
    }
}
