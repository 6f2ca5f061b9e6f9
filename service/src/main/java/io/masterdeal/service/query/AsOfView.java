package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.OutcomeFinding;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.DealView.FindingView;
import io.masterdeal.service.query.DealView.ObjectView;
import io.masterdeal.service.query.DealView.OutcomeView;
import io.masterdeal.service.query.DealView.StepView;
import io.masterdeal.service.query.RulesThen.ChosenRules;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a deal stood by what was known at an earlier instant, and why. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AsOfView(
        @Schema(description = "The instant, UTC: what was received after it does not count") @JsonProperty("known_at")
        String knownAt,

        @Schema(description = "The rule set the answer was made with")
        ChosenRules rules,

        @Schema(description = "Id of the deal: UUIDv5 of its root key") @JsonProperty("master_deal_id")
        String masterDealId,

        @Schema(description = "Key of the CRM deal") String root,

        @Schema(description = "Aggregated stage; none if no condition held")
        String stage,

        @Schema(description = "open, won, lost or cancelled")
        String outcome,

        @Schema(description = "Closed, and yet lost or cancelled")
        boolean contradictory,

        @Schema(description = "Lower stages whose condition did not hold")
        List<String> gaps,

        @Schema(description = "Number of facts known then") int facts,

        @Schema(description = "Name and version of the rule set") @JsonProperty("rule_set")
        String ruleSet,

        @Schema(description = "When its last change of stage took effect, UTC; absent of a deal that had no stage yet")
        @JsonProperty("stage_since")
        @Nullable
        String stageSince,

        @Schema(description = "Every change of stage, as it was known then")
        List<StepView> timeline,

        @Schema(description = "The objects that belonged to the deal, with their statuses then")
        List<ObjectView> objects,

        @Schema(description = "Of every stage, whether its condition held and why")
        List<FindingView> findings,

        @Schema(description = "Since when the outcome held, and why; absent of a deal that was open all the time")
        @JsonProperty("outcome_finding")
        @Nullable
        OutcomeView outcomeFinding,

        @Schema(description = "Ids of its events that had come with more than one content by then; at most 100")
        List<String> conflicts,

        @Schema(
                description =
                        "Number of facts of the deal that were received later than known_at only because PostgreSQL had gone"
                                + " back in time: they had been received once before, perhaps before known_at")
        @JsonProperty("read_again")
        int readAgain,

        @Schema(description = "Why another installation would give another answer") @JsonProperty("not_reproducible")
        String notReproducible,

        @Schema(description = "What the present answer has and this one has not") @JsonProperty("left_out")
        List<String> leftOut) {

    static final String NOT_REPRODUCIBLE =
            "The time of receipt is no part of a fact: it is the start of the transaction that"
                    + " stored it, by the clock of PostgreSQL, which can be set. So a fact was visible a moment after it, and an"
                    + " installation that replayed the events has other times.";

    private static final List<String> LEFT_OUT = List.of("attributes", "revision", "sla", "updated_at");

    static AsOfView of(Instant knownAt, RulesThen.Choice choice, AsOfQueries.Believed believed, int readAgain) {
        Deal deal = believed.deal();
        RuleSet rules = choice.rules();
        return new AsOfView(
                Times.text(knownAt),
                choice.view(),
                MasterDealId.of(deal.root()).toString(),
                deal.root().value(),
                deal.stage(),
                outcome(deal),
                deal.isContradictory(rules.finalStage().name()),
                deal.gaps(),
                deal.facts(),
                rules.label(),
                deal.timeline().isEmpty()
                        ? null
                        : Times.text(deal.timeline().getLast().effectiveAt().toEpochMilli()),
                steps(deal),
                objects(deal),
                findings(deal),
                outcomeFinding(believed, rules),
                texts(believed.conflicts()),
                readAgain,
                NOT_REPRODUCIBLE,
                LEFT_OUT);
    }

    static String outcome(Deal deal) {
        return deal.outcome().name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String status(@Nullable CurrentStatus current) {
        return current == null ? null : current.status();
    }

    private static List<StepView> steps(Deal deal) {
        return deal.timeline().stream()
                .map(step -> new StepView(
                        step.stage(),
                        Times.text(step.effectiveAt().toEpochMilli()),
                        step.direction().name().toLowerCase(Locale.ROOT),
                        texts(step.evidence())))
                .toList();
    }

    private static List<ObjectView> objects(Deal deal) {
        List<ObjectView> objects = new ArrayList<>();
        deal.objects().forEach((key, current) -> objects.add(new ObjectView(key.value(), status(current))));
        return objects;
    }

    private static List<FindingView> findings(Deal deal) {
        List<FindingView> findings = new ArrayList<>();
        deal.findings()
                .forEach((stage, finding) -> findings.add(new FindingView(
                        stage,
                        finding.holds(),
                        texts(finding.evidence()),
                        finding.unmet().stream().map(Condition::describe).toList())));
        return findings;
    }

    private static @Nullable OutcomeView outcomeFinding(AsOfQueries.Believed believed, RuleSet rules) {
        OutcomeFinding finding = OutcomeFinding.of(believed.deal().root(), rules, believed.state());
        Instant since = finding.since();
        return since == null ? null : new OutcomeView(Times.text(since), texts(finding.evidence()));
    }

    private static List<String> texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
