package io.masterdeal.console.deals;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A column of the list of deals that people may choose; the deal itself is always there. */
public enum Column {
    /** The attribute {@code client}. */
    CLIENT(true),
    /** The attribute {@code manager}. */
    MANAGER(true),
    /** The attribute {@code product}. */
    PRODUCT(false),
    /** The attribute {@code region}. */
    REGION(false),
    /** Where it stands. */
    STAGE(true),
    /** Since when it stands there. */
    SINCE(true),
    /** The attribute {@code amount}. */
    AMOUNT(true),
    /** How it stands with its SLA. */
    SLA(true),
    /** Stages before the present one whose condition does not hold. */
    GAPS(true),
    /** What became of it. */
    OUTCOME(false),
    /** By which rules. */
    RULE_SET(false),
    /** How many facts it has. */
    FACTS(false),
    /** When its last event was made. */
    CHANGED(true);

    /** Those that are shown if nobody chose others. */
    public static final Set<Column> USUAL =
            Set.copyOf(Arrays.stream(values()).filter(each -> each.usual).toList());

    private final boolean usual;

    Column(boolean usual) {
        this.usual = usual;
    }

    /** As in addresses and words. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its values are numbers, which stand to the right. */
    public boolean isNumber() {
        return this == AMOUNT || this == FACTS;
    }

    static Set<Column> read(List<String> tags) {
        if (tags.isEmpty()) {
            return USUAL;
        }
        Set<Column> chosen = new LinkedHashSet<>();
        for (String tag : tags) {
            chosen.add(Arrays.stream(values())
                    .filter(each -> each.tag().equals(tag))
                    .findAny()
                    .orElseThrow(() -> new BadFilterException("column", tag, allowed())));
        }
        return Set.copyOf(chosen);
    }

    private static String allowed() {
        return String.join(", ", Arrays.stream(values()).map(Column::tag).toList());
    }
}
