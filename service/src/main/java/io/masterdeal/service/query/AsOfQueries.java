package io.masterdeal.service.query;

import io.masterdeal.facts.KnownFacts;
import io.masterdeal.facts.KnownFacts.Knowledge;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes answers of earlier instants from the facts that were known then. */
@Component
class AsOfQueries {

    /** The most objects, and the most facts, of a deal for which that is done: they are held in memory. */
    static final int MOST = 20_000;

    private static final int MOST_NAMED = 20;

    private static final int MOST_CONFLICTS = 100;

    private final JdbcClient jdbc;

    private final KnownFacts known;

    private final RestoredReads restored;

    @Autowired
    AsOfQueries(Readers readers, RestoredReads restored) {
        this(readers, restored, MOST);
    }

    AsOfQueries(Readers readers, RestoredReads restored, int most) {
        this.jdbc = readers.jdbc();
        this.known = new KnownFacts(jdbc, most);
        this.restored = restored;
    }

    /**
     * The answer for a deal at an instant.
     *
     * @param deal with all findings
     * @param state what the outcome is explained by
     * @param conflicts event ids that had come with more than one content, at most a hundred
     */
    record Believed(Deal deal, DealState state, List<UUID> conflicts) {}

    /** The objects of a deal. */
    List<ObjectKey> objects(ObjectKey root, Knowledge knowledge) {
        return known.objects(root, knowledge);
    }

    /** The answer; null if no fact named the deal. */
    @Nullable
    Believed believed(ObjectKey root, Knowledge knowledge, RuleSet rules) {
        if (!known.isNamed(root, knowledge)) {
            return null;
        }
        List<Fact> facts = known.facts(known.objects(root, knowledge), knowledge);
        DealFold fold = DealFold.of(root, rules, facts);
        return new Believed(fold.answer(), fold.state(), known.conflicts(facts, knowledge, MOST_CONFLICTS));
    }

    /**
     * The root of the one deal that a caller names.
     *
     * @param id the id of the deal, or the key of any object that belonged to it
     * @throws Problem if there was none, or more than one
     */
    ObjectKey only(String id, Knowledge knowledge) {
        List<ObjectKey> roots = roots(Page.text(id), knowledge);
        if (roots.size() == 1) {
            return roots.getFirst();
        }
        String then = Times.text(knowledge.received());
        if (roots.isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "no such deal then",
                    isOrphan(id, knowledge)
                            ? "'" + id + "' was known at " + then + ", but reached no deal yet: it was an orphan."
                            : "No fact that was known at " + then + " names '" + id + "'.");
        }
        throw new Problem(
                HttpStatus.CONFLICT,
                "more than one deal",
                "'" + id + "' belonged to several deals at " + then + ": "
                        + roots.stream().limit(MOST_NAMED).map(ObjectKey::value).collect(Collectors.joining(", "))
                        + (roots.size() > MOST_NAMED ? " and more" : "") + ". Ask for one of them.");
    }

    private List<ObjectKey> roots(String id, Knowledge knowledge) {
        UUID deal = uuid(id);
        if (deal != null) {
            return known.root(deal)
                    .filter(root -> known.isNamed(root, knowledge))
                    .map(List::of)
                    .orElse(List.of());
        }
        ObjectKey key = key(id);
        return key == null ? List.of() : known.rootsOf(key, knowledge, MOST_NAMED + 1);
    }

    private boolean isOrphan(String id, Knowledge knowledge) {
        ObjectKey key = uuid(id) == null ? key(id) : null;
        return key != null && !known.facts(List.of(key), knowledge).isEmpty();
    }

    private static @Nullable UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable ObjectKey key(String text) {
        try {
            return new ObjectKey(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * How many facts of a deal were received again after PostgreSQL had gone back in time, later than an instant: they had been received once
     * before, perhaps before that instant.
     *
     * @param now the present
     */
    int readAgain(ObjectKey root, Instant knownAt, Instant now) {
        List<RestoredReads.Range> later = restored.latest().stream()
                .filter(range -> range.at().isAfter(knownAt))
                .toList();
        if (later.isEmpty()) {
            return 0;
        }
        String[] objects = known.objects(root, Knowledge.during(knownAt, now)).stream()
                .map(ObjectKey::value)
                .toArray(String[]::new);
        int[] again = {0};
        jdbc.sql("SELECT f.origin, f.received_at FROM unnest(:keys) AS k (key) CROSS JOIN LATERAL ("
                        + "SELECT origin, received_at FROM facts WHERE subject = k.key AND received_at >= :after OFFSET 0)"
                        + " AS f LIMIT :limit")
                .param("keys", objects)
                .param("after", OffsetDateTime.ofInstant(knownAt.plusMillis(1), ZoneOffset.UTC))
                .param("limit", MOST)
                .query(row -> {
                    String origin = row.getString(1);
                    Instant receivedAt = row.getObject(2, OffsetDateTime.class).toInstant();
                    again[0] += later.stream().anyMatch(range -> range.has(origin, receivedAt)) ? 1 : 0;
                });
        return again[0];
    }
}
