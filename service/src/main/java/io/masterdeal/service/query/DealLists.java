package io.masterdeal.service.query;

import io.masterdeal.facts.Counts;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.role.database.Readers;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealConditions.Subject;
import io.masterdeal.service.query.DealQueries.Detail;
import io.masterdeal.service.query.DealWalk.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists deals. One index is walked, and what it does not tell is looked up for each row, of a bounded number of rows: so no page
 * costs more than another, however many deals there are and however rare those that are wanted.
 */
@Component
class DealLists {

    private static final String KNOWN = "d.known";

    private final JdbcClient jdbc;

    private final DealQueries deals;

    private final RuleSet rules;

    DealLists(Readers readers, DealQueries deals, RuleSet rules) {
        this.jdbc = readers.jdbc();
        this.deals = deals;
        this.rules = rules;
    }

    /**
     * A page of deals.
     *
     * @param after the place after which to go on; null for the first page
     * @param limit the most deals
     * @return with the text of the place after which the next page begins
     */
    Found<DealView> list(WantedDeals filter, DealOrder order, @Nullable DealPlace after, int limit, Detail detail) {
        DealConditions conditions =
                new DealConditions(filter, rules.finalStage().name());
        Map<String, Object> parameters = new HashMap<>(conditions.parameters());
        DealWalk walk = byRoot(filter, conditions, parameters);
        String rows = null;
        if (order.sort() != DealSort.ROOT) {
            DealWalk sorted = inOrder(order.sort(), filter, conditions, parameters);
            if (conditions.areAmong(sorted.met()) || !isShort(walk, parameters)) {
                walk = sorted;
            } else {
                rows = walk.sorted(conditions, order, after);
            }
        }
        if (rows == null) {
            rows = walk.rows(conditions, order, after);
        }
        if (after != null) {
            after.addTo(parameters);
        }
        return BoundedSearch.run(
                jdbc,
                walk.search(rows, conditions, order),
                parameters,
                limit,
                row -> deals.view(row, detail),
                row -> DealPlace.of(row, order.sort()).text(order));
    }

    /** The index in the order of root keys that has the fewest other deals. */
    private static DealWalk byRoot(WantedDeals filter, DealConditions conditions, Map<String, Object> parameters) {
        for (Subject subject : List.of(Subject.OBJECT, Subject.CLIENT, Subject.CONTRADICTORY, Subject.MANAGER)) {
            if (conditions.has(subject)) {
                return of(subject);
            }
        }
        if (conditions.has(Subject.GAP)) {
            return new DealWalk(Table.DEALS, List.of("d.known AND d.gaps <> '{}'"), Set.of());
        }
        if (filter.isOfOpenDeals() || conditions.has(Subject.STAGE) || conditions.has(Subject.OUTCOME)) {
            return ofState(filter, parameters);
        }
        for (Subject subject : List.of(Subject.PRODUCT, Subject.REGION)) {
            if (conditions.has(subject)) {
                return of(subject);
            }
        }
        return new DealWalk(Table.DEALS, List.of(KNOWN), Set.of());
    }

    private static DealWalk of(Subject subject) {
        return switch (subject) {
            // All of the object are sorted, which are few: PostgreSQL must not look through all deals for them.
            case OBJECT ->
                new DealWalk(
                        Table.DEALS,
                        List.of("d.known AND d.id = ANY (" + DealConditions.OF_OBJECT + ")"),
                        Set.of(subject));
            case CONTRADICTORY ->
                new DealWalk(
                        Table.DEALS,
                        List.of(
                                "d.known AND d.stage = :final_stage AND d.outcome = 'lost'",
                                "d.known AND d.stage = :final_stage AND d.outcome = 'cancelled'"),
                        Set.of(subject));
            case CLIENT -> new DealWalk(Table.FIELDS, List.of("f.client = :client"), Set.of(subject));
            case MANAGER -> new DealWalk(Table.FIELDS, List.of("f.manager = :manager"), Set.of(subject));
            case PRODUCT -> new DealWalk(Table.FIELDS, List.of("f.product = :product"), Set.of(subject));
            case REGION -> new DealWalk(Table.FIELDS, List.of("f.region = :region"), Set.of(subject));
            default -> throw new IllegalArgumentException("there is no index of " + subject);
        };
    }

    private static DealWalk ofState(WantedDeals filter, Map<String, Object> parameters) {
        Set<Subject> met = EnumSet.noneOf(Subject.class);
        String range = KNOWN;
        if (filter.stage() != null) {
            range += " AND d.stage = :stage";
            met.add(Subject.STAGE);
        }
        String outcome = filter.outcome() != null ? filter.outcome() : filter.stuckSince() != null ? "open" : null;
        if (outcome != null) {
            range += " AND d.outcome = :wanted_outcome";
            parameters.put("wanted_outcome", outcome);
            met.add(Subject.OUTCOME);
        }
        return new DealWalk(Table.DEALS, List.of(range), met);
    }

    /** The index in another order. */
    private DealWalk inOrder(
            DealSort sort, WantedDeals filter, DealConditions conditions, Map<String, Object> parameters) {
        return switch (sort) {
            case STAGE_SINCE -> byStages(filter, parameters);
            case AMOUNT -> new DealWalk(Table.FIELDS, List.of("f.amount IS NOT NULL"), Set.of());
            case UPDATED ->
                new DealWalk(
                        Table.REVISIONS,
                        List.of(conditions.has(Subject.UPDATED) ? "v.at >= :updated" : "true"),
                        Set.of(Subject.UPDATED));
            case ROOT -> throw new IllegalArgumentException("the order of root keys is that of every index");
        };
    }

    /** The deals of each stage are in order; together they are merged. */
    private DealWalk byStages(WantedDeals filter, Map<String, Object> parameters) {
        Set<Subject> met = EnumSet.of(Subject.STAGE);
        String range = " AND d.known AND d.stage_since IS NOT NULL";
        if (filter.isOfOpenDeals()) {
            range += " AND d.outcome = 'open'";
            if ("open".equals(filter.outcome())) {
                met.add(Subject.OUTCOME);
            }
        }
        if (filter.stuckSince() != null) {
            range += " AND d.stage_since < :stuck";
            met.add(Subject.STUCK);
        }
        List<String> ranges = new ArrayList<>();
        for (String stage : filter.stage() != null ? Set.of(filter.stage()) : stages()) {
            String name = "stage" + ranges.size();
            parameters.put(name, stage);
            ranges.add("d.stage = :" + name + range);
        }
        return new DealWalk(Table.DEALS, ranges, met);
    }

    /** Those of the rules, and those in which deals are that have yet to be folded by these rules. */
    private Set<String> stages() {
        Set<String> stages = new TreeSet<>();
        stages.add(Stage.NONE);
        rules.stages().forEach(stage -> stages.add(stage.name()));
        jdbc.sql("SELECT part FROM counts WHERE what = :deals GROUP BY part HAVING sum(amount) <> 0")
                .param("deals", Counts.DEALS)
                .query(row -> {
                    stages.add(row.getString("part").split(":", 2)[1]);
                });
        return stages;
    }

    /** Whether all rows of an index can be looked at for one page. */
    private boolean isShort(DealWalk walk, Map<String, Object> parameters) {
        return jdbc.sql(walk.count())
                        .params(parameters)
                        .param("most", BoundedSearch.MOST + 1)
                        .query(Long.class)
                        .single()
                <= BoundedSearch.MOST;
    }

    /**
     * Deals by their ids.
     *
     * @return by id; those that are not known are left out
     */
    Map<UUID, DealView> byIds(Set<UUID> ids, Detail detail) {
        Map<UUID, DealView> found = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT * FROM deals WHERE known AND id IN (:ids)")
                    .param("ids", ids)
                    .query(row -> {
                        found.put(row.getObject("id", UUID.class), deals.view(row, detail));
                    });
        }
        return found;
    }
}
