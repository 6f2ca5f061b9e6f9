package io.masterdeal.sandbox.system;

import io.masterdeal.sandbox.system.KindModel.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An object in its system: a list of changes, and the state derived from those not retracted. Guarded by its system. */
final class StoredObject {
    /** One change; {@code to} is null if the status did not change, {@code set} are the attributes as requested. */
    record Entry(
            UUID id,
            String type,
            @Nullable String canonical,
            @Nullable String to,
            Instant at,
            @Nullable Long sequence,
            List<String> links,
            Map<String, String> set,
            Map<String, String> told,
            List<String> retracts) {}

    private final KindModel kind;
    private final String key;
    private final String correlationId;
    private final List<Entry> entries = new ArrayList<>(4);
    private final Set<UUID> retracted = new LinkedHashSet<>(0);
    private String status = KindModel.VOID;
    private SortedMap<String, String> attributes = new TreeMap<>();
    private Set<String> links = new LinkedHashSet<>();
    private long change;

    StoredObject(KindModel kind, String key, String correlationId) {
        this.kind = kind;
        this.key = key;
        this.correlationId = correlationId;
    }

    KindModel kind() {
        return kind;
    }

    String key() {
        return key;
    }

    String correlationId() {
        return correlationId;
    }

    String status() {
        return status;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Set<String> links() {
        return links;
    }

    long version() {
        return entries.size();
    }

    /** Number of its last change among all changes of the system. */
    long change() {
        return change;
    }

    @Nullable
    Instant lastChangeAt() {
        return entries.isEmpty() ? null : entries.getLast().at();
    }

    Transition transition(String action) {
        return kind.transition(action, status).orElseThrow(() -> {
            if (!kind.knows(action)) {
                return Refusal.notFound("A " + kind.name() + " has no action \"" + action + "\".");
            }
            return Refusal.conflict("\"" + action + "\" cannot be done to " + key + " while it is \"" + status + "\".");
        });
    }

    /** Adds a change; the number is greater than that of every earlier change of the system. */
    void add(Entry entry, long number) {
        entries.add(entry);
        change = number;
        if (entry.retracts().isEmpty()) {
            apply(entry);
        } else {
            entry.retracts().forEach(id -> retracted.add(UUID.fromString(id)));
            status = KindModel.VOID;
            attributes = new TreeMap<>();
            links = new LinkedHashSet<>();
            entries.stream().filter(this::stands).forEach(this::apply);
        }
    }

    /** Whether it is a change of this object that is not yet retracted. */
    boolean canRetract(String id) {
        return entries.stream().anyMatch(entry -> entry.id().toString().equals(id) && stands(entry));
    }

    List<HistoryItem> history() {
        return entries.stream()
                .map(entry -> new HistoryItem(
                        entry.id(),
                        entry.type(),
                        entry.canonical(),
                        entry.to(),
                        entry.at(),
                        entry.sequence(),
                        entry.links(),
                        entry.told(),
                        entry.retracts(),
                        retracted.contains(entry.id())))
                .toList();
    }

    ObjectView view(String domain) {
        Entry last = entries.getLast();
        return new ObjectView(
                key,
                domain + ":" + kind.name(),
                status,
                new TreeMap<>(attributes),
                List.copyOf(links),
                version(),
                last.at(),
                correlationId,
                last.id().toString());
    }

    private boolean stands(Entry entry) {
        return entry.retracts().isEmpty() && !retracted.contains(entry.id());
    }

    private void apply(Entry entry) {
        if (entry.to() != null) {
            status = entry.to();
        }
        attributes.putAll(entry.set());
        links.addAll(entry.links());
    }
}
