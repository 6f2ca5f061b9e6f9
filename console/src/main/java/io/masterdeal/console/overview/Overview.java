package io.masterdeal.console.overview;

import io.masterdeal.console.board.BoardCounts;
import io.masterdeal.console.board.PolicyCounts;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.View;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the overview shows.
 *
 * @param request what was asked for
 * @param counts where the deals stand
 * @param closed how many deals have which outcome, of those whose last change of stage is in the period
 * @param funnel stage by stage
 * @param policies the SLA board
 * @param trend day by day, of all deals whatever the filter
 * @param flows from stage to stage in the period
 */
public record Overview(
        OverviewRequest request,
        BoardCounts counts,
        Map<String, Integer> closed,
        List<FunnelRow> funnel,
        List<PolicyCounts> policies,
        TrendChart trend,
        List<FlowRow> flows) {
    private static final DateTimeFormatter RU_DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

    /** How many deals have an outcome and changed their stage last in the period. */
    public int closed(String outcome) {
        return closed.getOrDefault(outcome, 0);
    }

    /** A day as people of the page's language write it. */
    public static String day(View view, LocalDate day) {
        return view.language() == Language.RU ? RU_DAY.format(day) : day.toString();
    }
}
