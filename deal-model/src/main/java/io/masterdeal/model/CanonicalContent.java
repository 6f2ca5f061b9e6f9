package io.masterdeal.model;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the content of a statement as canonical text (ruling 2): JSON without spaces, lists and keys sorted, absent as null. */
final class CanonicalContent {

    private final StringBuilder out = new StringBuilder(160);

    private CanonicalContent() {}

    static String of(Fact fact, SortedSet<UUID> retracts) {
        CanonicalContent text = new CanonicalContent();
        text.out.append('[');
        text.string(fact.type()).append(',');
        text.string(fact.subject().value()).append(',');
        text.string(fact.status()).append(',');
        text.out.append(fact.sequence()).append(',');
        text.out.append(fact.occurredAt().toEpochMilli()).append(',');
        text.strings(fact.links()).append(',');
        text.object(fact.attributes()).append(',');
        text.string(fact.masterDealId() == null ? null : fact.masterDealId().toString())
                .append(',');
        text.strings(retracts).append(']');
        return text.out.toString();
    }

    private StringBuilder strings(Collection<?> values) {
        out.append('[');
        for (Iterator<?> i = values.iterator(); i.hasNext(); ) {
            string(i.next().toString());
            if (i.hasNext()) {
                out.append(',');
            }
        }
        return out.append(']');
    }

    private StringBuilder object(Map<String, String> values) {
        out.append('{');
        for (Iterator<Map.Entry<String, String>> i = values.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, String> entry = i.next();
            string(entry.getKey()).append(':');
            string(entry.getValue());
            if (i.hasNext()) {
                out.append(',');
            }
        }
        return out.append('}');
    }

    /** Escapes only what JSON (RFC 8259, section 7) requires. */
    private StringBuilder string(@Nullable String value) {
        if (value == null) {
            return out.append("null");
        }
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"');
    }
}
