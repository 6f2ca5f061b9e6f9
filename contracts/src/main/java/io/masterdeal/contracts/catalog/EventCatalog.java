package io.masterdeal.contracts.catalog;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The known event types.
 *
 * <p>They are data: the bundled {@code masterdeal/catalog.yaml} with one Avro schema per type, and types that a company adds in
 * a directory of its own. Immutable.
 */
public final class EventCatalog {
    /** The domains, in the order of the specification (section 7.1). */
    static final Set<String> DOMAINS = Collections.unmodifiableSet(
            new LinkedHashSet<>(List.of("crm", "media", "task", "docflow", "legal", "dcm")));

    private final Map<String, EventType> types;

    EventCatalog(Map<String, EventType> types) {
        this.types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    /**
     * The bundled types.
     *
     * @return the catalog, always the same instance
     */
    public static EventCatalog bundled() {
        return Bundled.CATALOG;
    }

    /**
     * The bundled types and a company's own.
     *
     * <p>All {@code *.yaml} files of the directory (types, in the format of the bundled one) and all {@code *.avsc} files
     * (schemas, named after the type) are read in order of name. A type without a schema has the fields of every domain event. The
     * name of a type starts with one of the six domains and its schema has the fields of every domain event. Bundled types cannot
     * be redefined.
     *
     * @param extraDirectory an existing directory
     * @return the catalog
     * @throws InvalidCatalogException if the directory has errors; it lists all of them, with file and line
     * @throws java.io.UncheckedIOException if the directory cannot be read
     */
    public static EventCatalog load(Path extraDirectory) {
        return CatalogLoader.extended(bundled(), extraDirectory);
    }

    /**
     * A type by its name.
     *
     * @param name such as {@code crm.deal.created}
     * @return the type, or null if there is none with that name
     */
    public @Nullable EventType type(String name) {
        return types.get(name);
    }

    /**
     * All types.
     *
     * @return the types, sorted by name
     */
    public Collection<EventType> types() {
        return types.values();
    }

    /**
     * The domains that publish events.
     *
     * @return crm, media, task, docflow, legal, dcm
     */
    public Set<String> domains() {
        return DOMAINS;
    }

    Map<String, EventType> byName() {
        return types;
    }

    /** Loads once, on first use. */
    private static final class Bundled {
        static final EventCatalog CATALOG = CatalogLoader.bundled();

        private Bundled() {}
    }
}
