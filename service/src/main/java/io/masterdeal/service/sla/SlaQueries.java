package io.masterdeal.service.sla;

import io.masterdeal.facts.FactsOfDeals;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Evaluates the clocks of stored deals. */
@Component
class SlaQueries {

    /** The most facts held in memory for one request. */
    private static final int MOST_FACTS = 20_000;

    private final JdbcClient jdbc;

    private final FactsOfDeals facts;

    private final SlaEvaluator evaluator;

    SlaQueries(Readers readers, SlaEvaluator evaluator) {
        this.jdbc = readers.jdbc();
        this.facts = new FactsOfDeals(jdbc, evaluator.attributesRead());
        this.evaluator = evaluator;
    }

    /** A stored deal, and how many facts it has. */
    private record StoredDeal(UUID id, ObjectKey root, long facts) {}

    /**
     * The report of one deal.
     *
     * @param id of the deal, which exists
     * @throws Problem if it has too many facts
     */
    SlaReport report(UUID id, Instant at) {
        List<StoredDeal> found = deals("SELECT id, root_key, facts FROM deals WHERE id = :id", Map.of("id", id));
        return reports(found, at).getFirst();
    }

    /**
     * Reports of deals in the order of their root keys.
     *
     * @param after the root key after which to go on; null for the first page
     */
    List<SlaReport> page(@Nullable String after, int limit, Instant at) {
        List<StoredDeal> deals = deals(
                "SELECT id, root_key, facts FROM deals WHERE known AND root_key > :after ORDER BY root_key LIMIT :limit",
                Map.of("after", after == null ? "" : after, "limit", limit));
        List<SlaReport> reports = new ArrayList<>();
        List<StoredDeal> together = new ArrayList<>();
        long sum = 0;
        for (StoredDeal deal : deals) {
            if (!together.isEmpty() && sum + deal.facts > MOST_FACTS) {
                reports.addAll(reports(together, at));
                together.clear();
                sum = 0;
            }
            together.add(deal);
            sum += deal.facts;
        }
        reports.addAll(reports(together, at));
        return reports;
    }

    private List<StoredDeal> deals(String statement, Map<String, Object> parameters) {
        return jdbc.sql(statement)
                .params(parameters)
                .query((row, _) -> new StoredDeal(
                        row.getObject("id", UUID.class),
                        new ObjectKey(row.getString("root_key")),
                        row.getLong("facts")))
                .list();
    }

    private List<SlaReport> reports(List<StoredDeal> deals, Instant at) {
        if (deals.isEmpty()) {
            return List.of();
        }
        for (StoredDeal deal : deals) {
            if (deal.facts > MOST_FACTS) {
                throw new Problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "too many facts",
                        "Deal '" + deal.root + "' has " + deal.facts
                                + " facts. Clocks are evaluated for deals of at most " + MOST_FACTS + ".");
            }
        }
        Map<UUID, List<Fact>> found =
                facts.of(deals.stream().map(StoredDeal::id).toList());
        return deals.stream()
                .map(deal -> evaluator.report(deal.root, found.getOrDefault(deal.id, List.of()), at))
                .toList();
    }
}
