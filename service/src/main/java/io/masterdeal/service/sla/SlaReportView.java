package io.masterdeal.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.role.http.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one deal, as the API writes them. Times are UTC with three decimals, durations milliseconds of working time.
 *
 * @param clocks in the order of the policies; those of one policy in the order of the objects
 * @param nextAt when the report changes of itself next, but for what grows
 * @param outcome how the deal has ended, if it has
 * @param root the key of the deal
 * @param problem why the deal has no clocks here; absent if it has
 * @param stage of the deal
 */
@JsonPropertyOrder(alphabetic = true)
public record SlaReportView(
        List<ClockView> clocks,
        @JsonProperty("next_at") @Nullable String nextAt,
        String outcome,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String problem,
        String root,
        String stage) {

    private static final String UNKNOWN = "unknown";

    static final String TOO_MANY_FACTS =
            "Clocks are evaluated for deals of at most " + SlaQueries.MOST_FACTS + " facts; this one has more.";

    /** A deal with too many facts has an entry too, so that a page tells of every deal. */
    static SlaReportView of(SlaQueries.Evaluated deal) {
        SlaReport report = deal.report();
        if (report == null) {
            return new SlaReportView(
                    List.of(), null, UNKNOWN, TOO_MANY_FACTS, deal.root().value(), UNKNOWN);
        }
        return of(report);
    }

    /** The clocks of a deal that has a report. */
    public static SlaReportView of(SlaReport report) {
        return new SlaReportView(
                report.clocks().stream().map(ClockView::of).toList(),
                time(report.nextAt()),
                word(report.outcome()),
                null,
                report.root().value(),
                report.stage());
    }

    /** One clock. */
    @JsonPropertyOrder(alphabetic = true)
    public record ClockView(
            List<CycleView> cycles,
            @JsonProperty("end_to_end") boolean endToEnd,
            @Nullable String object,
            String policy,
            String state) {

        private static ClockView of(SlaReport.Clock clock) {
            return new ClockView(
                    clock.cycles().stream().map(CycleView::of).toList(),
                    clock.endToEnd(),
                    clock.object() == null ? null : clock.object().value(),
                    clock.policy(),
                    word(clock.state()));
        }
    }

    /** One run of a clock. */
    @JsonPropertyOrder(alphabetic = true)
    public record CycleView(
            Map<String, Long> attribution,
            @JsonProperty("breached_at") @Nullable String breachedAt,
            @Nullable String calendar,
            @JsonProperty("cancelled_at") @Nullable String cancelledAt,
            @JsonProperty("due_at") @Nullable String dueAt,
            @JsonProperty("no_due") @Nullable String noDue,
            List<List<@Nullable String>> paused,
            long remaining,
            String segment,
            long spent,
            @JsonProperty("started_at") String startedAt,
            String state,
            @JsonProperty("stopped_at") @Nullable String stoppedAt,
            long target,
            @JsonProperty("warned_at") List<List<Object>> warnedAt) {

        private static CycleView of(SlaReport.Cycle cycle) {
            return new CycleView(
                    new TreeMap<>(cycle.attribution()),
                    time(cycle.breachedAt()),
                    cycle.calendar(),
                    time(cycle.cancelledAt()),
                    time(cycle.dueAt()),
                    cycle.noDue() == null ? null : cycle.noDue().text(),
                    paused(cycle),
                    cycle.remaining(),
                    cycle.segment(),
                    cycle.spent(),
                    Times.text(cycle.startedAt()),
                    word(cycle.state()),
                    time(cycle.stoppedAt()),
                    cycle.target(),
                    cycle.warnings().stream()
                            .map(warning -> List.<Object>of(warning.percent(), Times.text(warning.at())))
                            .toList());
        }

        private static List<List<@Nullable String>> paused(SlaReport.Cycle cycle) {
            List<List<@Nullable String>> spans = new ArrayList<>();
            for (SlaReport.Pause pause : cycle.paused()) {
                List<@Nullable String> span = new ArrayList<>();
                span.add(time(pause.from()));
                span.add(time(pause.to()));
                spans.add(span);
            }
            return spans;
        }
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : Times.text(at);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
