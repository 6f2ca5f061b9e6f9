package io.masterdeal.console.overview;

import io.masterdeal.console.deals.BadFilterException;
import io.masterdeal.console.deals.DealListFilter;
import io.masterdeal.console.deals.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

/**
 * What the address of the overview asks for.
 *
 * @param filter which deals
 * @param days how many the period has, today included
 * @param from when the period begins
 */
public record OverviewRequest(DealListFilter filter, int days, Instant from) {
    /** Periods that are offered, in days. */
    public static final List<Integer> PERIODS = List.of(7, 30, 90, 365);

    private static final int USUAL = 30;

    /**
     * Reads an address.
     *
     * @param stages that deals may have
     * @param zone in which days begin
     * @param now the instant of the page
     * @throws BadFilterException if a parameter cannot have its value
     */
    static OverviewRequest read(Query query, Collection<String> stages, ZoneId zone, Instant now) {
        for (Query.Parameter each : query.parameters()) {
            if (!each.name().equals("period")
                    && !each.name().startsWith("_")
                    && !DealListFilter.PARAMETERS.contains(each.name())) {
                throw new BadFilterException(
                        each.name(),
                        each.value(),
                        "no such parameter, but period, " + String.join(", ", DealListFilter.PARAMETERS));
            }
        }
        int days = days(query.last("period"));
        Instant from = LocalDate.ofInstant(now, zone)
                .minusDays(days - 1L)
                .atStartOfDay(zone)
                .toInstant();
        return new OverviewRequest(DealListFilter.read(query, stages, zone), days, from);
    }

    private static int days(String text) {
        if (text.isEmpty()) {
            return USUAL;
        }
        for (int days : PERIODS) {
            if (text.equals(String.valueOf(days))) {
                return days;
            }
        }
        throw new BadFilterException("period", text, "7, 30, 90, 365 (days)");
    }

    /** The first day of the period in the time zone in which it was read. */
    public LocalDate firstDay(ZoneId zone) {
        return LocalDate.ofInstant(from, zone);
    }

    /** The list of these deals with one more filter in the place of any of that name. */
    public String deals(String name, String value) {
        return filter.query().with(name, value).at("/deals");
    }

    /** The list of these deals that are open, with one more filter. */
    public String open(String name, String value) {
        return filter.query().with("outcome", "open").with(name, value).at("/deals");
    }

    /** The list of these deals that are open. */
    public String open() {
        return filter.query().with("outcome", "open").at("/deals");
    }

    /** The list of the open deals of a stage, with one more filter. */
    public String stage(String stage, String name, String value) {
        return filter.query()
                .with("outcome", "open")
                .with("stage", stage)
                .with(name, value)
                .at("/deals");
    }

    /** The list of the open deals of a stage. */
    public String stage(String stage) {
        return filter.query().with("outcome", "open").with("stage", stage).at("/deals");
    }

    /** The list of the deals with an outcome that came to their stage in the period. */
    public String closed(String outcome) {
        return filter.query()
                .with("outcome", outcome)
                .with("since_from", from.toString())
                .at("/deals");
    }
}
