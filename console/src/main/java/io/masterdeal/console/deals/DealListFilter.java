package io.masterdeal.console.deals;

import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.DealSla;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selection of deals as it stands in addresses, the same on the overview, in the list, and in CSV.
 *
 * @param selection what it selects
 */
public record DealListFilter(DealSelection selection) {
    /** Attributes by which deals are selected; each is a parameter of that name. */
    public static final List<String> ATTRIBUTES = List.of("client", "manager", "product", "region");

    /** What became of deals. */
    public static final List<String> OUTCOMES = List.of("open", "won", "lost", "cancelled");

    /** The parameters of a selection. */
    public static final List<String> PARAMETERS = List.of(
            "q",
            "client",
            "manager",
            "product",
            "region",
            "stage",
            "outcome",
            "sla",
            "gaps",
            "rule_set",
            "since_from",
            "since_before");

    private static final int LONGEST_VALUE = 1000;
    private static final int MOST_VALUES = 50;

    /**
     * Reads a selection.
     *
     * @param query of the address; other parameters do not matter
     * @param stages that deals may have; with fewer than two, as while the service has told none, any stage is allowed
     * @param zone in which days begin
     * @throws BadFilterException if a parameter cannot have its value
     */
    public static DealListFilter read(Query query, Collection<String> stages, ZoneId zone) {
        for (String name : PARAMETERS) {
            check(name, query.all(name));
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : ATTRIBUTES) {
            if (!query.last(name).isEmpty()) {
                attributes.put(name, query.last(name));
            }
        }
        return new DealListFilter(new DealSelection(
                any(query, "stage", stages.size() > 1 ? stages : query.all("stage")),
                any(query, "outcome", OUTCOMES),
                Map.copyOf(attributes),
                Set.copyOf(query.all("rule_set")),
                sla(query),
                gaps(query.last("gaps")),
                instant(query, "since_from", zone),
                instant(query, "since_before", zone),
                query.last("q")));
    }

    private static void check(String name, List<String> values) {
        if (values.size() > MOST_VALUES) {
            throw new BadFilterException(name, String.valueOf(values.size()), "at most " + MOST_VALUES + " values");
        }
        for (String value : values) {
            if (value.length() > LONGEST_VALUE) {
                throw new BadFilterException(name, value, "a text of at most " + LONGEST_VALUE + " characters");
            }
        }
    }

    private static Set<String> any(Query query, String name, Collection<String> allowed) {
        for (String value : query.all(name)) {
            if (!allowed.contains(value)) {
                throw new BadFilterException(name, value, String.join(", ", allowed));
            }
        }
        return Set.copyOf(query.all(name));
    }

    private static Set<DealSla> sla(Query query) {
        List<String> tags = Arrays.stream(DealSla.values()).map(DealSla::tag).toList();
        Set<String> chosen = any(query, "sla", tags);
        return Arrays.stream(DealSla.values())
                .filter(state -> chosen.contains(state.tag()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Boolean gaps(String text) {
        return switch (text) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadFilterException("gaps", text, "true, false");
        };
    }

    private static @Nullable Instant instant(Query query, String name, ZoneId zone) {
        String text = query.last(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new BadFilterException(
                    name, text, "a day such as 2026-11-30, or an instant such as 2026-11-30T09:00:00Z", e);
        }
    }

    /** As in an address: {@link #read} gives the same selection. */
    public Query query() {
        Query query = Query.EMPTY;
        if (!selection.words().isBlank()) {
            query = query.and("q", selection.words());
        }
        for (String name : ATTRIBUTES) {
            String value = selection.attributes().get(name);
            query = value == null ? query : query.and(name, value);
        }
        query = all(query, "stage", selection.stages());
        query = all(query, "outcome", selection.outcomes());
        query = all(query, "sla", selection.sla().stream().map(DealSla::tag).toList());
        query = selection.gaps() == null ? query : query.and("gaps", String.valueOf(selection.gaps()));
        query = all(query, "rule_set", selection.ruleSets());
        query = selection.sinceFrom() == null
                ? query
                : query.and("since_from", selection.sinceFrom().toString());
        return selection.sinceBefore() == null
                ? query
                : query.and("since_before", selection.sinceBefore().toString());
    }

    private static Query all(Query query, String name, Collection<String> values) {
        Query more = query;
        for (String value : new LinkedHashSet<>(values.stream().sorted().toList())) {
            more = more.and(name, value);
        }
        return more;
    }

    /** Whether all deals are selected. */
    public boolean isAll() {
        return selection.equals(DealSelection.ALL);
    }
}
