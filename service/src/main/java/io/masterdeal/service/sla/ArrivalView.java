package io.masterdeal.service.sla;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.sla.ArrivalQueries.DealArrival;
import io.masterdeal.service.sla.ArrivalReport.ObjectArrival;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the facts of a deal arrived, as the API writes it. Times are UTC with three decimals, durations milliseconds of wall time. */
record ArrivalView(
        String root,
        @JsonProperty("master_deal_id") String masterDealId,

        @Schema(description = "Always false, unlike reports on clocks")
        boolean reproducible,

        @Schema(description = "Why it is not reproducible") String why,
        List<ObjectView> objects,

        @Schema(description = "When the newest fact was received; null if the deal has none")
        @JsonProperty("newest_received_at")
        @Nullable
        String newestReceivedAt,

        @Schema(description = "When the answer was last computed") @JsonProperty("answered_at")
        String answeredAt,

        @Schema(
                description =
                        "From when the newest fact was received until the answer was last computed; null if the stored answer is older")
        @JsonProperty("answered_after")
        @Nullable
        Long answeredAfter) {

    private static final String WHY =
            "Not reproducible from facts: it depends on when this platform received them; a replay gives other times.";

    /** The facts of one object. */
    record ObjectView(
            String object,
            int facts,

            @Schema(description = "When its earliest fact occurred") @JsonProperty("first_occurred_at")
            String firstOccurredAt,

            @Schema(description = "When the first of its facts was received") @JsonProperty("first_received_at")
            String firstReceivedAt,

            @JsonProperty("source_delay") SourceDelayView sourceDelay,

            @Schema(
                    description =
                            "How long its facts waited until it belonged to the deal; null if the facts do not tell how it does")
            @JsonProperty("orphan_waited")
            @Nullable
            Long orphanWaited) {

        private static ObjectView of(ObjectArrival object) {
            return new ObjectView(
                    object.object().value(),
                    object.facts(),
                    Times.text(object.firstOccurredAt()),
                    Times.text(object.firstReceivedAt()),
                    new SourceDelayView(object.firstDelay(), object.longestDelay()),
                    object.orphanWaited());
        }
    }

    /** From when facts occurred until they were received; less than 0 if the clock of their source is fast. */
    record SourceDelayView(
            @Schema(description = "Of the fact that was received first")
            long first,

            @Schema(description = "The longest of all") long longest) {}

    static ArrivalView of(DealArrival deal) {
        Instant newest = deal.report().newestReceivedAt();
        boolean answered = newest != null && !deal.answeredAt().isBefore(newest);
        return new ArrivalView(
                deal.root().value(),
                deal.id().toString(),
                false,
                WHY,
                deal.report().objects().stream().map(ObjectView::of).toList(),
                newest == null ? null : Times.text(newest),
                Times.text(deal.answeredAt()),
                newest == null || !answered ? null : ArrivalReport.millis(newest, deal.answeredAt()));
    }
}
