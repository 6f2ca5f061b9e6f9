package io.masterdeal.service.whatif;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.whatif.ChangedDeal;
import io.masterdeal.facts.whatif.StageByRules;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A deal that would stand elsewhere by the rule set that is tried. */
record ChangeView(
        @JsonProperty("master_deal_id") String masterDealId,

        @Schema(description = "Key of the CRM deal") String root,

        @Schema(description = "The revision of its answer when it was judged")
        long revision,

        @Schema(description = "Where it stands by the rule set in use")
        StandingView from,

        @Schema(description = "Where it would stand") StandingView to,

        @Schema(description = "The facts that decide its stage by the rule set that is tried, at most 50")
        List<EvidenceView> evidence) {

    /** Where a deal stands. */
    record StandingView(
            String stage,
            String outcome,
            List<String> gaps,

            @Schema(description = "In the final stage, and yet lost or cancelled")
            boolean contradictory) {

        private static StandingView of(StageByRules standing) {
            return new StandingView(standing.stage(), standing.outcome(), standing.gaps(), standing.contradictory());
        }
    }

    /** A fact that decides. */
    record EvidenceView(
            @JsonProperty("event_id") String eventId,

            @Schema(description = "Key of the object it is about")
            String object,

            @Schema(description = "The status it gave") String status,

            @Schema(description = "When, UTC") @JsonProperty("occurred_at")
            String occurredAt) {}

    static ChangeView of(ChangedDeal change) {
        return new ChangeView(
                change.id().toString(),
                change.root().value(),
                change.revision(),
                StandingView.of(change.from()),
                StandingView.of(change.to()),
                change.evidence().stream()
                        .map(fact -> new EvidenceView(
                                fact.eventId().toString(),
                                fact.object().value(),
                                fact.status(),
                                Times.text(fact.occurredAt())))
                        .toList());
    }
}
