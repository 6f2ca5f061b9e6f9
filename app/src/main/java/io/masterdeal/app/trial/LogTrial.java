package io.masterdeal.app.trial;

import io.masterdeal.app.report.ClockCounts;
import io.masterdeal.app.report.SlaReportWriter;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.service.sla.SlaReportView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clocks of the deals of a log by two sets of policies.
 *
 * @param before what the first set gives
 * @param after what the second one gives
 * @param differing how many deals have other clocks
 * @param most the deals that differ most, at most {@value #MOST}: those with the most clocks in another state, then with the most that
 *     differ at all; those with as many in the order of their keys
 */
public record LogTrial(ClockCounts before, ClockCounts after, long differing, List<ClockChanges> most) {

    private static final int MOST = 10;

    private static final Comparator<ClockChanges> MOST_FIRST = Comparator.comparing(
                    LogTrial::changesOfState, Comparator.<Long>reverseOrder())
            .thenComparing(changes -> changes.changes().size(), Comparator.reverseOrder())
            .thenComparing(ClockChanges::root);

    /** Copies the list. */
    public LogTrial {
        most = List.copyOf(most);
    }

    /**
     * Evaluates each deal twice.
     *
     * @param facts those of the log
     * @param before the first set of policies
     * @param after the second one, for the same rule set
     * @param at the instant, whole milliseconds
     * @param reports takes what the second set gives; null if nobody wants it
     * @throws java.io.UncheckedIOException if the reports cannot be written
     */
    public static LogTrial run(
            LogFacts facts, SlaEvaluator before, SlaEvaluator after, Instant at, @Nullable SlaReportWriter reports) {
        ClockCounts countsBefore = new ClockCounts();
        ClockCounts countsAfter = new ClockCounts();
        PriorityQueue<ClockChanges> most = new PriorityQueue<>(MOST_FIRST.reversed());
        long differing = 0;
        for (Map.Entry<ObjectKey, List<Fact>> deal : facts.deals().entrySet()) {
            JsonNode was = report(before, deal, at);
            JsonNode is = report(after, deal, at);
            countsBefore.add(was);
            countsAfter.add(is);
            if (reports != null) {
                reports.add(is);
            }
            ClockChanges changes = ClockChanges.between(was, is);
            if (!changes.changes().isEmpty()) {
                differing++;
                most.add(changes);
                if (most.size() > MOST) {
                    most.remove();
                }
            }
        }
        return new LogTrial(
                countsBefore,
                countsAfter,
                differing,
                most.stream().sorted(MOST_FIRST).toList());
    }

    private static long changesOfState(ClockChanges changes) {
        return changes.changes().stream().filter(ClockChanges.Change::isOfState).count();
    }

    private static JsonNode report(SlaEvaluator evaluator, Map.Entry<ObjectKey, List<Fact>> deal, Instant at) {
        return JsonMapper.shared().valueToTree(SlaReportView.of(evaluator.report(deal.getKey(), deal.getValue(), at)));
    }
}
