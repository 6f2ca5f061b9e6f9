package io.masterdeal.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a domain system about one object: at some time the object had a status and belonged to some other
 * objects. Its identity is id and content (ruling 2), so {@link #equals} compares all components.
 *
 * @param eventId the id of the event that stated it
 * @param type the type of that event, {@code docflow.contract.signed}
 * @param subject the object it is about
 * @param status the new status of the object; null if the fact only carries links and attributes (ruling 4)
 * @param sequence the version within the object, 0 to 2^63-1; null if the time is the version (ruling 3)
 * @param occurredAt when it happened, UTC, whole milliseconds (anything finer is truncated)
 * @param links the objects the subject belongs to, as links from child to parent; sorted by UTF-8 bytes
 * @param attributes payload that has no effect on the stage; sorted by UTF-8 bytes
 * @param masterDealId the id of a deal it belongs to, used as soon as that deal is known (ruling 6); may be null
 */
public record Fact(
        UUID eventId,
        String type,
        ObjectKey subject,
        @Nullable String status,
        @Nullable Long sequence,
        Instant occurredAt,
        SortedSet<ObjectKey> links,
        SortedMap<String, String> attributes,
        @Nullable UUID masterDealId)
        implements Statement {

    /** From oldest to newest version within one object (ruling 3). The order is total because it includes the identity. */
    public static final Comparator<Fact> BY_VERSION =
            Comparator.comparing(Fact::version).thenComparing(Fact::content, Utf8Order.INSTANCE);

    /**
     * @throws IllegalArgumentException if the sequence is negative
     */
    public Fact {
        if (sequence != null && sequence < 0) {
            throw new IllegalArgumentException("a sequence is 0 or more, not " + sequence);
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        TreeSet<ObjectKey> byKey = new TreeSet<>();
        byKey.addAll(links);
        links = Collections.unmodifiableSortedSet(byKey);
        TreeMap<String, String> sorted = new TreeMap<>(Utf8Order.INSTANCE);
        sorted.putAll(attributes);
        attributes = Collections.unmodifiableSortedMap(sorted);
    }

    /**
     * Creates a fact from collections in any order.
     *
     * @see Fact
     */
    public static Fact of(
            UUID eventId,
            String type,
            ObjectKey subject,
            @Nullable String status,
            @Nullable Long sequence,
            Instant occurredAt,
            Collection<ObjectKey> links,
            Map<String, String> attributes,
            @Nullable UUID masterDealId) {
        return new Fact(
                eventId,
                type,
                subject,
                status,
                sequence,
                occurredAt,
                new TreeSet<>(links),
                new TreeMap<>(attributes),
                masterDealId);
    }

    /** The version, without the content, which distinguishes two facts with the same event id. */
    public Version version() {
        return new Version(sequence, occurredAt, eventId);
    }

    /** The links that are followed. Links of a root are not, because deals do not nest (ruling 1). */
    public SortedSet<ObjectKey> followedLinks() {
        return subject.isRoot() ? Collections.emptySortedSet() : links;
    }

    @Override
    public String content() {
        return CanonicalContent.of(this, Collections.emptySortedSet());
    }
}
