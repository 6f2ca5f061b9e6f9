package io.masterdeal.service.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.StatusModel;
import io.masterdeal.rulesets.RuleSetFile;
import io.masterdeal.rulesets.Titles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule set in use. */
record RulesView(
        @Schema(
                description =
                        "Name, version and a hash of the meaning: differs between rule sets that may give other answers")
        String identity,

        String name,
        int version,

        @Schema(description = "From first to last; a deal is in the last one whose condition holds")
        List<StageView> stages,

        @Schema(description = "The kinds of objects whose statuses conditions may read")
        List<KindView> kinds,

        @Schema(description = "The file as it was read") String content,

        @Schema(description = "The last 100 rule sets that came into use, the newest first")
        List<HistoryView> history) {

    /** A stage. */
    record StageView(
            String stage,

            @Schema(description = "What people call it, by language: en, ru; empty if the file says nothing")
            Map<String, String> titles,

            @Schema(description = "Its condition in words") String condition,

            @Schema(
                    description =
                            "Its condition as the file has it, under exactly one of the words ever, some, every, for, all, any")
            Map<String, Object> when) {}

    /** A kind of objects. */
    record KindView(
            String kind,

            @Schema(description = "Those in order come first, from first to last")
            List<StatusView> statuses) {}

    /** A status. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusView(
            String status,

            @Schema(
                    description =
                            "order, dead, outcome or aside: in the order, no longer counting, the end of a deal, or alive"
                                    + " outside the order")
            @JsonProperty("listed_as")
            String listedAs,

            @Schema(description = "lost or cancelled, of one that ends a deal") @Nullable
            String outcome,

            @Schema(description = "What people call it, by language: en, ru; empty if the file says nothing")
            Map<String, String> titles) {}

    /** A rule set that came into use. */
    record HistoryView(
            @Schema(description = "GET /rules/ID tells its text")
            long id,

            String identity,

            @Schema(description = "Since when, UTC; of the first one of an older installation since when it is known")
            @JsonProperty("active_from")
            String activeFrom) {}

    static RulesView of(RuleSetFile file, List<HistoryView> history) {
        RuleSet rules = file.rules();
        Titles titles = file.titles();
        List<StageView> stages = rules.stages().stream()
                .map(stage -> new StageView(
                        stage.name(),
                        titles.ofStage(stage.name()),
                        stage.when().describe(),
                        ConditionData.of(stage.when())))
                .toList();
        List<KindView> kinds = rules.kinds().entrySet().stream()
                .map(each -> new KindView(each.getKey().value(), statuses(each.getKey(), each.getValue(), titles)))
                .sorted(Comparator.comparing(KindView::kind))
                .toList();
        return new RulesView(rules.identity(), rules.name(), rules.version(), stages, kinds, file.text(), history);
    }

    private static List<StatusView> statuses(ObjectKind kind, StatusModel model, Titles titles) {
        List<StatusView> statuses = new ArrayList<>();
        model.order()
                .forEach(status -> statuses.add(new StatusView(status, "order", null, titles.ofStatus(kind, status))));
        model.dead().stream()
                .sorted()
                .forEach(status -> statuses.add(new StatusView(status, "dead", null, titles.ofStatus(kind, status))));
        model.outcomes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> statuses.add(new StatusView(
                        each.getKey(),
                        "outcome",
                        each.getValue().name().toLowerCase(Locale.ROOT),
                        titles.ofStatus(kind, each.getKey()))));
        model.aside().stream()
                .sorted()
                .forEach(status -> statuses.add(new StatusView(status, "aside", null, titles.ofStatus(kind, status))));
        return statuses;
    }
}
