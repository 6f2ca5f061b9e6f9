package io.masterdeal.crash.history;

import io.masterdeal.crash.history.Contradiction.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the first contradiction in a history: first on the topic itself, record by record; then between the facts and what
 * was sent; then, deal by deal in the order of the roots, between topic, database and answers; last, between what was told about
 * clocks and what follows from the facts.
 */
public final class HistoryCheck {

    /**
     * What both an event and an answer say. A change of {@code facts} or {@code findings} alone publishes nothing, so these
     * two may be newer in the answer.
     */
    private static final List<String> COMPARED = List.of(
            "master_deal_id",
            "root",
            "revision",
            "stage",
            "outcome",
            "gaps",
            "timeline",
            "objects",
            "rule_set",
            "attributes");

    private final History history;

    private HistoryCheck(History history) {
        this.history = history;
    }

    /**
     * Checks a history.
     *
     * @return the first contradiction, if there is one, and counts; after a contradiction on the topic they end there
     */
    public static Verdict check(History history) {
        return new HistoryCheck(history).run();
    }

    private Verdict run() {
        TopicCheck topic = new TopicCheck(history.slotLost());
        Contradiction wrong = topic.take(history.topic());
        if (wrong == null) {
            wrong = facts();
        }
        if (wrong == null) {
            wrong = deals(topic.last());
        }
        if (wrong == null) {
            wrong = new RevisionCheck(history).run();
        }
        if (wrong == null) {
            wrong = new ClockCheck(history).run(topic.last());
        }
        return new Verdict(
                wrong,
                topic.roots().size(),
                history.topic().size(),
                topic.repeats(),
                topic.snapshots(),
                history.facts().size());
    }

    private @Nullable Contradiction facts() {
        Map<String, StoredFact> stored = new HashMap<>();
        for (StoredFact fact : history.facts()) {
            StoredFact before = stored.putIfAbsent(fact.eventId(), fact);
            if (before != null) {
                return fact(
                        Kind.FACT_TWICE,
                        fact,
                        "the database has it from " + before.origin(),
                        "from " + fact.origin() + " as well");
            }
        }
        for (SentEvent sent : history.sent()) {
            StoredFact fact = stored.remove(sent.id());
            if (fact == null) {
                return new Contradiction(
                        Kind.FACT_MISSING,
                        sent.id(),
                        0,
                        "the tables facts and retractions",
                        "the gateway has accepted " + sent.said(),
                        "the database has no row of that id");
            }
            if (fact.said() != null && !fact.said().equals(sent.said())) {
                return fact(Kind.FACT_DIFFERS, fact, "sent was " + sent.said(), "stored is " + fact.said());
            }
        }
        return stored.values().stream()
                .findFirst()
                .map(fact -> fact(Kind.FACT_UNSENT, fact, "the database has " + fact.said(), "nobody sent it"))
                .orElse(null);
    }

    private static Contradiction fact(Kind kind, StoredFact fact, String first, String second) {
        return new Contradiction(kind, fact.eventId(), 0, fact.origin(), first, second);
    }

    private @Nullable Contradiction deals(SortedMap<String, Published> last) {
        SortedSet<String> roots = new TreeSet<>(last.keySet());
        roots.addAll(history.deals().keySet());
        for (String root : roots) {
            Contradiction wrong = deal(root, last.get(root), history.deals().get(root));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable Contradiction deal(String root, @Nullable Published event, @Nullable StoredDeal row) {
        if (event == null) {
            return row == null
                    ? null
                    : new Contradiction(
                            Kind.NOT_PUBLISHED,
                            root,
                            row.answer().path("revision").longValue(),
                            "the table deals",
                            "the database has it as " + row.answer(),
                            "the topic has no event of it");
        }
        if (row == null) {
            return contradiction(
                    Kind.NOT_STORED, event, "the topic tells of it", "the database has no row of that deal");
        }
        Contradiction wrong = row(event, row);
        return wrong == null ? answer(event, history.answers().get(root)) : wrong;
    }

    private static @Nullable Contradiction row(Published event, StoredDeal row) {
        if (row.known() == event.isWithdrawal()) {
            return contradiction(
                    Kind.ROW_DIFFERS,
                    event,
                    "the last event says withdrawn " + event.isWithdrawal(),
                    "the database says known " + row.known());
        }
        return differing(Kind.ROW_DIFFERS, event, "the database", row.answer());
    }

    private static @Nullable Contradiction answer(Published event, @Nullable JsonNode answer) {
        if (event.isWithdrawal()) {
            return answer == null
                    ? null
                    : contradiction(
                            Kind.ANSWER_FOR_WITHDRAWN,
                            event,
                            "the last event says that the deal is withdrawn",
                            "the service answers " + answer);
        }
        if (answer == null) {
            return contradiction(
                    Kind.ANSWER_MISSING, event, "the last event is " + event.data(), "the service answers 404");
        }
        return differing(Kind.ANSWER_DIFFERS, event, "the service's answer", answer);
    }

    private static @Nullable Contradiction differing(Kind kind, Published event, String source, JsonNode other) {
        for (String field : COMPARED) {
            String published = NormalizedJson.of(event.data().path(field));
            String said = NormalizedJson.of(other.path(field));
            if (!published.equals(said)) {
                return contradiction(
                        kind,
                        event,
                        "the last event says " + field + " " + published,
                        source + " says " + field + " " + said);
            }
        }
        return null;
    }

    private static Contradiction contradiction(Kind kind, Published event, String first, String second) {
        return new Contradiction(kind, event.root(), event.revision(), event.place(), first, second);
    }
}
