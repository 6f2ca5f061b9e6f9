package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.LearnedQueries.Found;
import io.masterdeal.service.query.LearnedQueries.Placed;
import io.masterdeal.service.query.RulesThen.ChosenRules;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was learned of a deal in a period. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LearnedView(
        @Schema(description = "The instant after which the period begins, UTC")
        String from,

        @Schema(description = "Its last instant, UTC") String to,

        @Schema(description = "Id of the deal") @JsonProperty("master_deal_id")
        String masterDealId,

        @Schema(description = "Key of the CRM deal") String root,

        @Schema(description = "The answer at the beginning; only on the first page") @Nullable
        AnswerView before,

        @Schema(description = "The answer at the end; only on the first page") @Nullable
        AnswerView after,

        @Schema(description = "What changed of the objects between the two, at most 1000; only on the first page")
        @Nullable
        List<ObjectChange> objects,

        @Schema(
                description =
                        "What was received, in that order: facts about any object that belonged to the deal in the period, and"
                                + " retractions of such facts")
        List<LearnedItem> items,

        @Schema(description = "Give it as 'cursor' to go on; absent on the last page") @Nullable
        String next,

        @Schema(description = "Why another installation would give another answer") @JsonProperty("not_reproducible")
        String notReproducible) {

    private static final int MOST_OBJECTS = 1000;

    /** Where the deal stood at one end of the period. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnswerView(
            @Schema(description = "Whether any fact named the deal; if not, the rest says nothing")
            boolean known,

            @Schema(description = "Aggregated stage; none if no condition held")
            String stage,

            @Schema(description = "open, won, lost or cancelled")
            String outcome,

            @Schema(description = "Lower stages whose condition did not hold")
            List<String> gaps,

            @Schema(description = "Number of facts known then")
            int facts,

            @Schema(description = "The rule set this answer was made with")
            ChosenRules rules) {}

    /** An object that joined the deal, left it, or has another status. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ObjectChange(
            String key,

            @Schema(description = "joined, left or changed") String change,

            @Schema(description = "Its status at the beginning; absent if it had none") @Nullable
            String before,

            @Schema(description = "Its status at the end; absent if it had none") @Nullable
            String after) {}

    /** A fact or retraction that was received. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LearnedItem(
            @Schema(description = "When, UTC: the start of the transaction that stored it") @JsonProperty("received_at")
            String receivedAt,

            @Schema(description = "fact or retraction") String kind,

            @JsonProperty("event_id") String eventId,

            @Schema(description = "SHA-256 of the content: with the id, the identity") @JsonProperty("content_hash")
            String contentHash,

            @Schema(description = "Event type; only of a fact") @Nullable
            String type,

            @Schema(description = "The object it is about; only of a fact") @Nullable
            String subject,

            @Schema(description = "Only of a fact, and absent if it gives none") @Nullable
            String status,

            @Schema(description = "When it happened, UTC; only of a fact") @JsonProperty("occurred_at") @Nullable
            String occurredAt,

            @Schema(description = "The events it takes back; only of a retraction") @Nullable
            List<String> retracts,

            @Schema(description = "Whose facts it reaches, '*' for any; only of a retraction") @Nullable
            String domain,

            @Schema(description = "Who said it") String source,

            @Schema(description = "Topic, partition and offset")
            String origin,

            @Schema(
                    description =
                            "Received again after PostgreSQL had gone back in time: it had been received once before, and when is"
                                    + " not known any more")
            @JsonProperty("read_again")
            boolean readAgain) {}

    /**
     * The answer at one end of the period.
     *
     * @param believed null if no fact named the deal
     */
    record End(RulesThen.Choice rules, AsOfQueries.@Nullable Believed believed) {

        private AnswerView view() {
            if (believed == null) {
                return new AnswerView(false, "none", "open", List.of(), 0, rules.view());
            }
            Deal deal = believed.deal();
            return new AnswerView(true, deal.stage(), AsOfView.outcome(deal), deal.gaps(), deal.facts(), rules.view());
        }

        private SortedMap<ObjectKey, @Nullable CurrentStatus> objects() {
            return believed == null ? new TreeMap<>() : believed.deal().objects();
        }
    }

    /** A page without the answers at both ends. */
    static LearnedView page(ObjectKey root, Instant from, Instant to, Found found, int limit) {
        Page<Placed> page =
                Page.of(found.items(), limit, placed -> placed.position().text());
        return new LearnedView(
                Times.text(from),
                Times.text(to),
                MasterDealId.of(root).toString(),
                root.value(),
                null,
                null,
                null,
                page.items().stream().map(Placed::item).toList(),
                page.next(),
                AsOfView.NOT_REPRODUCIBLE);
    }

    /** The same page with both answers. */
    LearnedView with(End first, End last) {
        return new LearnedView(
                from,
                to,
                masterDealId,
                root,
                first.view(),
                last.view(),
                changes(first.objects(), last.objects()),
                items,
                next,
                notReproducible);
    }

    private static List<ObjectChange> changes(
            SortedMap<ObjectKey, @Nullable CurrentStatus> before, SortedMap<ObjectKey, @Nullable CurrentStatus> after) {
        TreeSet<ObjectKey> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<ObjectChange> changes = new ArrayList<>();
        for (ObjectKey key : keys) {
            String was = AsOfView.status(before.get(key));
            String is = AsOfView.status(after.get(key));
            String change = !before.containsKey(key) ? "joined" : !after.containsKey(key) ? "left" : "changed";
            if (changes.size() < MOST_OBJECTS && (!change.equals("changed") || !Objects.equals(was, is))) {
                changes.add(new ObjectChange(key.value(), change, was, is));
            }
        }
        return changes;
    }
}
