package io.masterdeal.service.orphans;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.OrphanReason;
import io.masterdeal.role.database.Readers;
import io.masterdeal.service.orphans.NearKeys.Near;
import io.masterdeal.service.orphans.NearKeys.Nearness;
import io.masterdeal.service.query.FactView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks for deals that an orphan may belong to, and says what speaks for each. Nothing is done with them: a person decides. */
@Component
class OrphanCandidates {

    /** The most candidates of an orphan. */
    static final int MOST = 5;

    /** How many rows of each kind of evidence are looked at. */
    private static final int MOST_ROWS = 50;

    /** How many deals of one object are looked at: a frame contract has thousands. */
    private static final int MOST_DEALS = MOST + 1;

    /** How many deals of one client are looked at. */
    private static final int MOST_OF_CLIENT = 2000;

    private final JdbcClient jdbc;

    OrphanCandidates(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /** What speaks for a candidate. */
    record EvidenceView(
            @Schema(
                    description =
                            "correlation (a fact of the deal has the same correlation id), near_key (the parent that the orphan names is"
                                    + " written almost like one of the deal), client_and_amount (the root has the same client and amount)")
            String kind,

            @Schema(description = "The object of the deal that shows it")
            String object,

            @Schema(description = "What is the same, or how the keys differ")
            String what) {}

    /** A deal that an orphan may belong to. */
    record CandidateView(
            @Schema(description = "Id of the deal") @JsonProperty("master_deal_id")
            String masterDealId,

            @Schema(description = "Key of its root") String root,

            @Schema(
                    description =
                            "What to link the orphan to, if it belongs there: the parent that is written almost the same, or the root")
            String parent,

            @Schema(description = "What speaks for it; more than one kind is stronger")
            List<EvidenceView> evidence) {}

    /** One row of evidence. */
    private record Clue(UUID deal, String root, EvidenceView evidence, int weight) {}

    /**
     * Looks for deals.
     *
     * @param facts those of the orphan that were looked up
     * @return at most {@value #MOST}, the most likely first
     */
    List<CandidateView> of(OrphanView orphan, List<FactView> facts) {
        List<Clue> clues = new ArrayList<>();
        if (orphan.parent() != null && !orphan.reason().equals(OrphanReason.UNKNOWN_DEAL.code())) {
            clues.addAll(nearKeys(orphan.parent()));
        }
        List<FactView> standing = facts.stream().filter(it -> !it.retracted()).toList();
        clues.addAll(correlated(orphan.object(), standing));
        clues.addAll(sameClient(standing));
        Map<UUID, List<Clue>> byDeal = new LinkedHashMap<>();
        clues.forEach(clue ->
                byDeal.computeIfAbsent(clue.deal(), _ -> new ArrayList<>()).add(clue));
        return byDeal.values().stream()
                .sorted(Comparator.comparingInt(OrphanCandidates::weight)
                        .reversed()
                        .thenComparing(its -> its.getFirst().root()))
                .limit(MOST)
                .map(OrphanCandidates::view)
                .toList();
    }

    /** The sum over the kinds of evidence. */
    private static int weight(List<Clue> clues) {
        return clues.stream().mapToInt(Clue::weight).distinct().sum();
    }

    private static CandidateView view(List<Clue> clues) {
        Clue first = clues.getFirst();
        String parent = clues.stream()
                .filter(it -> it.evidence().kind().equals("near_key"))
                .map(it -> it.evidence().object())
                .findFirst()
                .orElse(first.root());
        return new CandidateView(
                first.deal().toString(),
                first.root(),
                parent,
                clues.stream().map(Clue::evidence).distinct().limit(MOST).toList());
    }

    private List<Clue> nearKeys(String parent) {
        Map<String, Nearness> near = new LinkedHashMap<>();
        NearKeys.of(parent).forEach((Near each) -> near.put(each.key(), each.nearness()));
        return jdbc.sql("""
                        SELECT w.key, d.id, d.root_key FROM unnest(?) AS w (key)
                        CROSS JOIN LATERAL (SELECT deal_id FROM placements p WHERE p.object_key = w.key LIMIT ?) AS p
                        JOIN deals d ON d.id = p.deal_id AND d.known LIMIT ?
                        """)
                .params(near.keySet().toArray(String[]::new), MOST_DEALS, MOST_ROWS)
                .query((row, _) -> {
                    String key = row.getString(1);
                    boolean alike = near.get(key) == Nearness.LOOK_ALIKE;
                    return new Clue(
                            Objects.requireNonNull(row.getObject(2, UUID.class)),
                            row.getString(3),
                            new EvidenceView(
                                    "near_key",
                                    key,
                                    (alike ? "looks like " : "differs little from ") + parent + ", which it names"),
                            alike ? 9 : 5);
                })
                .list();
    }

    private List<Clue> correlated(String object, List<FactView> facts) {
        String[] ids = facts.reversed().stream()
                .map(FactView::correlationId)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_ROWS)
                .toArray(String[]::new);
        if (ids.length == 0) {
            return List.of();
        }
        return jdbc.sql("""
                        SELECT DISTINCT w.id, f.subject, d.id, d.root_key FROM unnest(?) AS w (id)
                        CROSS JOIN LATERAL (SELECT subject FROM facts f
                            WHERE f.correlation_id = w.id AND f.subject <> ? AND NOT f.retracted LIMIT ?) AS f
                        CROSS JOIN LATERAL (SELECT deal_id FROM placements p WHERE p.object_key = f.subject LIMIT ?) AS p
                        JOIN deals d ON d.id = p.deal_id AND d.known LIMIT ?
                        """)
                .params(ids, object, MOST_ROWS, MOST_DEALS, MOST_ROWS)
                .query((row, _) -> new Clue(
                        Objects.requireNonNull(row.getObject(3, UUID.class)),
                        row.getString(4),
                        new EvidenceView("correlation", row.getString(2), "correlation id " + row.getString(1)),
                        6))
                .list();
    }

    private List<Clue> sameClient(List<FactView> facts) {
        String client = newest(facts, "client");
        BigDecimal amount = number(newest(facts, "amount"));
        if (client == null || amount == null) {
            return List.of();
        }
        return jdbc.sql("""
                        SELECT f.deal_id, f.root_key FROM (SELECT * FROM deal_fields WHERE client = ? LIMIT ?) AS f
                        WHERE f.amount = ? LIMIT ?
                        """)
                .params(client, MOST_OF_CLIENT, amount, MOST_ROWS)
                .query((row, _) -> new Clue(
                        Objects.requireNonNull(row.getObject(1, UUID.class)),
                        row.getString(2),
                        new EvidenceView(
                                "client_and_amount",
                                row.getString(2),
                                "client '" + client + "' and amount " + amount.toPlainString()),
                        3))
                .list();
    }

    private static @Nullable String newest(List<FactView> facts, String attribute) {
        return facts.reversed().stream()
                .map(FactView::attributes)
                .filter(Objects::nonNull)
                .map(attributes -> attributes.get(attribute))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        if (text == null || text.length() > 40) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs(number.scale()) > 100 ? null : number;
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
