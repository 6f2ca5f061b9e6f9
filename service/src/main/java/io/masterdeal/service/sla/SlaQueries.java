package io.masterdeal.service.sla;

import io.masterdeal.facts.FactsOfDeals;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.role.database.Readers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Evaluates the clocks of stored deals. */
@Component
class SlaQueries {

    /** The most facts held in memory at once, and so of one deal. */
    static final int MOST_FACTS = 20_000;

    private final JdbcClient jdbc;

    private final FactsOfDeals facts;

    private final SlaEvaluator evaluator;

    private final int mostFacts;

    @Autowired
    SlaQueries(Readers readers, SlaEvaluator evaluator) {
        this(readers, evaluator, MOST_FACTS);
    }

    SlaQueries(Readers readers, SlaEvaluator evaluator, int mostFacts) {
        this.jdbc = readers.jdbc();
        this.facts = new FactsOfDeals(jdbc, evaluator.attributesRead());
        this.evaluator = evaluator;
        this.mostFacts = mostFacts;
    }

    private record StoredDeal(UUID id, ObjectKey root) {}

    /**
     * A deal with its report.
     *
     * @param root the key of the deal
     * @param report null if the deal has too many facts
     */
    record Evaluated(ObjectKey root, @Nullable SlaReport report) {}

    /**
     * The report of one deal.
     *
     * @param id of the deal, which exists
     */
    Evaluated report(UUID id, Instant at) {
        return reports(deals("SELECT id, root_key FROM deals WHERE id = :id", Map.of("id", id)), at)
                .getFirst();
    }

    /**
     * Reports of deals in the order of their root keys.
     *
     * @param after the root key after which to go on; null for the first page
     */
    List<Evaluated> page(@Nullable String after, int limit, Instant at) {
        return reports(
                deals(
                        "SELECT id, root_key FROM deals WHERE known AND root_key > :after ORDER BY root_key LIMIT :limit",
                        Map.of("after", after == null ? "" : after, "limit", limit)),
                at);
    }

    private List<StoredDeal> deals(String statement, Map<String, Object> parameters) {
        return jdbc.sql(statement)
                .params(parameters)
                .query((row, _) ->
                        new StoredDeal(row.getObject("id", UUID.class), new ObjectKey(row.getString("root_key"))))
                .list();
    }

    /** Too many facts for all of these deals together may be few enough for each half of them. */
    private List<Evaluated> reports(List<StoredDeal> deals, Instant at) {
        if (deals.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Fact>> found =
                facts.of(deals.stream().map(StoredDeal::id).toList(), mostFacts);
        if (found != null) {
            return deals.stream()
                    .map(deal -> new Evaluated(
                            deal.root, evaluator.report(deal.root, found.getOrDefault(deal.id, List.of()), at)))
                    .toList();
        }
        if (deals.size() == 1) {
            return List.of(new Evaluated(deals.getFirst().root, null));
        }
        List<Evaluated> reports = new ArrayList<>(reports(deals.subList(0, deals.size() / 2), at));
        reports.addAll(reports(deals.subList(deals.size() / 2, deals.size()), at));
        return reports;
    }
}
