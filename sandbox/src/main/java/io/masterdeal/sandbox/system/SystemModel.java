package io.masterdeal.sandbox.system;

import java.util.List;
import java.util.Optional;

/**
 * What one system is: the kinds of objects it has, and what may be done to them. Data, read by {@link DomainSystem}.
 *
 * @param domain name of its domain, such as {@code crm}: its path, its API key, the beginning of its event types
 * @param kinds its kinds of objects
 */
public record SystemModel(String domain, List<KindModel> kinds) {
    /** Takes a copy of the list. */
    public SystemModel {
        kinds = List.copyOf(kinds);
    }

    /**
     * Finds a kind by the segment of its path.
     *
     * @param plural such as {@code deals}
     * @return the kind, empty if there is none
     */
    public Optional<KindModel> byPlural(String plural) {
        return kinds.stream().filter(kind -> kind.plural().equals(plural)).findFirst();
    }

    /**
     * Finds a kind by its name.
     *
     * @param name such as {@code deal}
     * @return the kind
     * @throws IllegalArgumentException if there is none
     */
    public KindModel kind(String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(domain + " has no kind " + name));
    }
}
