package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.Violation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that people can tell the keys of objects apart. If two look the same, one is a mistake and creates an object that nobody finds.
 *
 * <p>Only the gateway checks this: a key that is in Kafka was accepted and stays valid.
 */
final class VisibleKeys {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private VisibleKeys() {}

    /** The faults of an event's keys: its subject and its links. */
    static List<Violation> check(Event event) {
        var violations = new ArrayList<Violation>();
        check("/subject", event.envelope().subject(), violations);
        if (event.data().hasField("links") && event.data().get("links") instanceof Collection<?> links) {
            int i = 0;
            for (Object link : links) {
                check("/data/links/" + i++, String.valueOf(link), violations);
            }
        }
        return violations;
    }

    private static void check(String pointer, String key, List<Violation> violations) {
        if (isPlain(key)) {
            return;
        }
        String fault = fault(key.substring(key.indexOf(':', key.indexOf(':') + 1) + 1));
        if (fault != null) {
            violations.add(new Violation(pointer, fault));
        }
    }

    /** Nearly all keys are printable ASCII without blanks. */
    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String fault(String id) {
        if (id.codePoints().allMatch(VisibleKeys::isBlank)) {
            return "has an id of blanks alone, which nobody could read";
        }
        int hidden = id.codePoints().filter(VisibleKeys::isHidden).findFirst().orElse(-1);
        if (hidden >= 0) {
            return String.format(
                    "has the invisible character U+%04X in its id: leave it out, or it is another object for all who see the same",
                    hidden);
        }
        return Normalizer.isNormalized(id, Normalizer.Form.NFC)
                ? null
                : "must be in Unicode's normal form C (NFC): the same letters put together otherwise are another object";
    }

    private static boolean isBlank(int character) {
        return Character.isSpaceChar(character)
                || Character.isWhitespace(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Direction marks, zero-width spaces and the like. Joiners are needed to write some languages. */
    private static boolean isHidden(int character) {
        return Character.getType(character) == Character.FORMAT
                && character != ZERO_WIDTH_JOINER
                && character != ZERO_WIDTH_NON_JOINER;
    }
}
