package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of the root of a deal, each from the newest fact that has it (ruling 6). The order in which facts are put in does not
 * matter, so a late fact needs no other. Not thread-safe.
 */
public final class RootAttributes {

    private final Map<String, Held> byName = new TreeMap<>(Utf8Order.INSTANCE);

    private boolean undecided;

    /**
     * The value of an attribute.
     *
     * @param fact which has it; null if only its version was kept
     */
    private record Held(
            String value, Version version, @Nullable Fact fact) {}

    /**
     * An attribute of the root, as it is kept.
     *
     * @param name its name
     * @param value its value in the newest fact that has it
     * @param version the version of that fact
     */
    public record Attribute(String name, String value, Version version) {}

    /** Continues from a kept attribute. */
    public void restore(Attribute kept) {
        byName.put(kept.name(), new Held(kept.value(), kept.version(), null));
    }

    /**
     * Takes the attribute of a fact if the fact is the newest that has it.
     *
     * @param fact of the root, each once
     * @return whether its value changed
     */
    public boolean put(String name, String value, Fact fact) {
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

    /**
     * Whether the content of a fact that was not kept would decide which of two is newer. Then all facts of the root have to be put
     * into a new object, and this one to be discarded.
     */
    public boolean isUndecided() {
        return undecided;
    }

    /** The value of an attribute; null if no fact has it. */
    public @Nullable String value(String name) {
        Held held = byName.get(name);
        return held == null ? null : held.value;
    }

    /** What to {@link #restore}, sorted by name. */
    public List<Attribute> kept() {
        List<Attribute> kept = new ArrayList<>();
        byName.forEach((name, held) -> kept.add(new Attribute(name, held.value, held.version)));
        return kept;
    }
}
