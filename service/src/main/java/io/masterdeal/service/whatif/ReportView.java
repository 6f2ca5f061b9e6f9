package io.masterdeal.service.whatif;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.whatif.TrialFindings;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a rule set would change. */
record ReportView(
        @Schema(description = "When the first deals were read, UTC: each deal is judged as it is when it is read")
        @JsonProperty("first_at")
        String firstAt,

        @Schema(description = "When the last deals were read, UTC") @JsonProperty("last_at")
        String lastAt,

        @Schema(description = "Deals that were judged") long deals,

        @Schema(description = "How many of these were folded from their facts, since their kept state lacks some")
        @JsonProperty("from_facts")
        long fromFacts,

        @Schema(
                description =
                        "Deals with too many facts for that, or with unreadable ones; they are in no other number")
        @JsonProperty("left_out")
        long leftOut,

        @Schema(description = "Deals whose stage, outcome, gaps or contradiction would be other ones")
        long changed,

        @Schema(description = "Deals that would be in another stage")
        long moved,

        @Schema(description = "The part of the deals that would be in another stage, 0 to 1")
        double share,

        @Schema(description = "Deals with other gaps") @JsonProperty("gaps_changed")
        long gapsChanged,

        @Schema(description = "Deals that contradict themselves by one of the rule sets only")
        @JsonProperty("contradictory_changed")
        long contradictoryChanged,

        @Schema(description = "Deals by present and other stage, those that stay among them")
        List<MoveView> stages,

        @Schema(description = "Deals by present and other outcome, those that stay among them")
        List<MoveView> outcomes,

        @Schema(
                description =
                        "At most 100 of the changed deals, some of each pair of stages; the rest: GET /what-if/ID/changes")
        List<ChangeView> samples) {

    /** How many deals there are of a pair. */
    record MoveView(String from, String to, long deals) {}

    static ReportView of(TrialFindings findings, Instant first, Instant last) {
        return new ReportView(
                Times.text(first),
                Times.text(last),
                findings.judged(),
                findings.folded(),
                findings.leftOut(),
                findings.changed(),
                findings.moved(),
                findings.share(),
                findings.gaps(),
                findings.contradictory(),
                moves(findings.stages()),
                moves(findings.outcomes()),
                findings.samples().stream().map(ChangeView::of).toList());
    }

    private static List<MoveView> moves(Map<TrialFindings.Move, Long> moves) {
        return moves.entrySet().stream()
                .map(each -> new MoveView(each.getKey().from(), each.getKey().to(), each.getValue()))
                .toList();
    }
}
