package io.masterdeal.console.board;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many deals of a selection stand where.
 *
 * @param deals all of the selection
 * @param byOutcome how many have which outcome
 * @param withGaps how many have gaps
 * @param open how many are open
 * @param bySla of the open deals
 * @param amounts sums of the open deals by currency; the currency is empty where deals name none
 * @param stages of the open deals, in the order of the stages, also those without deals
 */
public record BoardCounts(
        int deals,
        Map<String, Integer> byOutcome,
        int withGaps,
        int open,
        Map<DealSla, Integer> bySla,
        Map<String, BigDecimal> amounts,
        List<StageCount> stages) {
    /**
     * The open deals of a stage.
     *
     * @param stage its code
     * @param deals how many
     * @param bySla how many of them stand how with their SLA
     * @param amounts sums by currency
     * @param medianAge how long half of them have been in this stage; null without deals
     * @param oldestTenth how long the oldest tenth of them at least has been in this stage; null without deals
     */
    public record StageCount(
            String stage,
            int deals,
            Map<DealSla, Integer> bySla,
            Map<String, BigDecimal> amounts,
            @Nullable Duration medianAge,
            @Nullable Duration oldestTenth) {}
}
