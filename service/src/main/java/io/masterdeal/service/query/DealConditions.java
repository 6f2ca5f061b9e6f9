package io.masterdeal.service.query;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The conditions of a filter as SQL says them, each of the table that can tell. */
final class DealConditions {

    /** The deals of an object, looked up first. A root that is only named in links is not placed. */
    static final String OF_OBJECT = "ARRAY (SELECT deal_id FROM placements WHERE object_key = :object"
            + " UNION SELECT id FROM deals WHERE root_key = :object)";

    private static final String CONTRADICTORY = "d.stage = :final_stage AND d.outcome IN ('lost', 'cancelled')";

    /** What a condition is about. Those of deals come first, then those of fields. */
    enum Subject {
        STAGE,
        OUTCOME,
        OBJECT,
        GAP,
        CONTRADICTORY,
        STUCK,
        UPDATED,
        CLIENT,
        MANAGER,
        PRODUCT,
        REGION,
        CURRENCY;

        /** Whether {@code deal_fields} tells. */
        boolean isOfFields() {
            return compareTo(CLIENT) >= 0;
        }
    }

    private final Map<Subject, String> conditions = new EnumMap<>(Subject.class);

    private final Map<String, Object> parameters = new HashMap<>();

    /**
     * @param finalStage the last stage of the rule set
     */
    DealConditions(WantedDeals filter, String finalStage) {
        if (filter.stage() != null) {
            add(Subject.STAGE, "d.stage = :stage", "stage", filter.stage());
        }
        if (filter.outcome() != null) {
            add(Subject.OUTCOME, "d.outcome = :outcome", "outcome", filter.outcome());
        }
        if (filter.object() != null) {
            add(Subject.OBJECT, "d.id = ANY (" + OF_OBJECT + ")", "object", filter.object());
        }
        if (filter.gap() != null) {
            add(Subject.GAP, "d.gaps <> '{}' AND :gap = ANY (d.gaps)", "gap", filter.gap());
        }
        if (filter.contradictory()) {
            add(Subject.CONTRADICTORY, CONTRADICTORY, "final_stage", finalStage);
        }
        if (filter.stuckSince() != null) {
            add(
                    Subject.STUCK,
                    "d.outcome = 'open' AND d.stage_since < :stuck",
                    "stuck",
                    filter.stuckSince().atOffset(ZoneOffset.UTC));
        }
        if (filter.updatedSince() != null) {
            add(
                    Subject.UPDATED,
                    "(SELECT v.at FROM deal_revisions v WHERE v.deal_id = d.id AND v.revision = d.revision) >= :updated",
                    "updated",
                    filter.updatedSince().atOffset(ZoneOffset.UTC));
        }
        filter.fields().wanted().forEach((column, value) -> {
            Subject subject = Subject.valueOf(column.toUpperCase(Locale.ROOT));
            add(subject, "f." + column + " = :" + column, column, value);
        });
    }

    private void add(Subject subject, String condition, String parameter, Object value) {
        conditions.put(subject, condition);
        parameters.put(parameter, value);
    }

    /** Whether there is a condition about it. */
    boolean has(Subject subject) {
        return conditions.containsKey(subject);
    }

    /** Whether all that is asked for is among these. */
    boolean areAmong(Set<Subject> subjects) {
        return subjects.containsAll(conditions.keySet());
    }

    /** The parameters of the conditions. */
    Map<String, Object> parameters() {
        return parameters;
    }

    /**
     * The conditions that a table decides; empty if there are none.
     *
     * @param fields whether that of the fields, else that of the deals
     * @param but those that are met already
     */
    String of(boolean fields, Set<Subject> but) {
        List<String> these = new ArrayList<>();
        conditions.forEach((subject, condition) -> {
            if (!but.contains(subject) && subject.isOfFields() == fields) {
                these.add(condition);
            }
        });
        return String.join(" AND ", these);
    }
}
