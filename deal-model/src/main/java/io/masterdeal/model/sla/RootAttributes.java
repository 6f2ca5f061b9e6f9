package io.masterdeal.model.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes of the root that somebody asks for, each from the newest fact that has it (ruling 6). */
final class RootAttributes {

    private final Map<String, Held> byName = new TreeMap<>(Utf8Order.INSTANCE);

    private boolean undecided;

    /**
     * The value of an attribute.
     *
     * @param fact which has it; null if only its version was kept
     */
    private record Held(
            String value, Version version, @Nullable Fact fact) {}

    /** Continues from a kept attribute. */
    void restore(KeptClocks.Attribute kept) {
        byName.put(kept.name(), new Held(kept.value(), kept.version(), null));
    }

    /**
     * Takes the attribute of a fact if the fact is the newest that has it.
     *
     * @return whether its value changed
     */
    boolean put(String name, String value, Fact fact) {
        Held before = byName.get(name);
        if (before != null && !isNewer(fact, before)) {
            return false;
        }
        byName.put(name, new Held(value, fact.version(), fact));
        return before == null || !before.value.equals(value);
    }

    private boolean isNewer(Fact fact, Held before) {
        if (before.fact != null) {
            return Fact.BY_VERSION.compare(fact, before.fact) > 0;
        }
        int order = fact.version().compareTo(before.version);
        // One event id with two contents: the contents decide, and that of the kept fact is not known.
        undecided |= order == 0;
        return order > 0;
    }

    /** Whether the content of a fact that was not kept would decide which of two is newer. */
    boolean isUndecided() {
        return undecided;
    }

    /** The value of an attribute; null if no fact has it. */
    @Nullable
    String value(String name) {
        Held held = byName.get(name);
        return held == null ? null : held.value;
    }

    List<KeptClocks.Attribute> kept() {
        List<KeptClocks.Attribute> kept = new ArrayList<>();
        byName.forEach((name, held) -> kept.add(new KeptClocks.Attribute(name, held.value, held.version)));
        return kept;
    }
}
