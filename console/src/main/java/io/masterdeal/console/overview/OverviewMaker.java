package io.masterdeal.console.overview;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardCounts;
import io.masterdeal.console.board.BoardCounts.StageCount;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.DealSla;
import io.masterdeal.console.board.Flow;
import io.masterdeal.console.board.Sort;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the board for the figures of the overview. */
@Component
class OverviewMaker {

    /** How far ahead the SLA board looks. */
    static final Duration SOON = Duration.ofHours(4);

    private static final Set<String> ENDED = Set.of("lost", "cancelled");

    private final Board board;

    OverviewMaker(Board board) {
        this.board = board;
    }

    /** The overview at an instant. */
    Overview make(OverviewRequest request, Instant now) {
        DealSelection selection = request.filter().selection();
        BoardCounts counts = board.counts(selection, now);
        List<Flow> flows = board.flow(selection, request.from());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        BoardCounts closed =
                board.counts(since(selection, selection.stages(), selection.outcomes(), request.from()), now);
        return new Overview(
                request,
                counts,
                closed.byOutcome(),
                funnel(counts, flows, request, now),
                board.policies(selection, request.from(), now, SOON),
                TrendChart.of(board.trend(today.minusDays(request.days() - 1L), today)),
                rows(flows));
    }

    private static DealSelection since(
            DealSelection selection, Set<String> stages, Set<String> outcomes, Instant from) {
        return new DealSelection(
                stages,
                outcomes,
                selection.attributes(),
                selection.ruleSets(),
                selection.sla(),
                selection.gaps(),
                selection.sinceFrom() == null || selection.sinceFrom().isBefore(from) ? from : selection.sinceFrom(),
                selection.sinceBefore(),
                selection.words());
    }

    private List<FunnelRow> funnel(BoardCounts counts, List<Flow> flows, OverviewRequest request, Instant now) {
        int widest = Math.max(
                1, counts.stages().stream().mapToInt(StageCount::deals).max().orElse(1));
        return counts.stages().stream()
                .filter(stage -> stage.deals() > 0 || !stage.stage().equals("none"))
                .map(stage -> row(stage, widest, flows, request, now))
                .toList();
    }

    private FunnelRow row(StageCount stage, int widest, List<Flow> flows, OverviewRequest request, Instant now) {
        int onwards = 0;
        int back = 0;
        for (Flow flow : flows) {
            if (flow.from().equals(stage.stage())) {
                onwards += flow.backward() ? 0 : flow.deals();
                back += flow.backward() ? flow.deals() : 0;
            }
        }
        int atRisk = stage.bySla().getOrDefault(DealSla.AT_RISK, 0);
        int breached = stage.bySla().getOrDefault(DealSla.BREACHED, 0);
        int inTime = stage.deals() - atRisk - breached;
        return new FunnelRow(
                stage,
                inTime * 1000 / widest,
                atRisk * 1000 / widest,
                breached * 1000 / widest,
                onwards + back + ended(stage.stage(), request, now),
                onwards);
    }

    /** How many deals were lost or cancelled in a stage to which they came in the period. */
    private int ended(String stage, OverviewRequest request, Instant now) {
        DealSelection selection = request.filter().selection();
        Set<String> outcomes = new HashSet<>(ENDED);
        if (!selection.outcomes().isEmpty()) {
            outcomes.retainAll(selection.outcomes());
        }
        if (outcomes.isEmpty()
                || !(selection.stages().isEmpty() || selection.stages().contains(stage))) {
            return 0;
        }
        return board.page(since(selection, Set.of(stage), outcomes, request.from()), Sort.KEY, null, 1, now)
                .total();
    }

    private static List<FlowRow> rows(List<Flow> flows) {
        int most = Math.max(1, flows.stream().mapToInt(Flow::deals).max().orElse(1));
        return flows.stream()
                .sorted(Comparator.comparing(Flow::backward)
                        .thenComparing(Comparator.comparing(Flow::deals).reversed())
                        .thenComparing(Flow::from))
                .map(flow -> new FlowRow(flow, Math.max(4, flow.deals() * 1000 / most)))
                .toList();
    }
}
