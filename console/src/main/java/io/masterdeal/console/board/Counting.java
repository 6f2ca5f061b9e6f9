package io.masterdeal.console.board;

import io.masterdeal.console.board.BoardCounts.StageCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the deals of a selection in one pass. Valid until the table changes. */
final class Counting {

    private static final int STATES = DealSla.values().length;

    private final BoardTable table;
    private final Instant now;
    private final long nowMillis;
    private final int openCode;
    private final int currencies;
    private final int[] outcomes;
    private final int[] openByStage;
    /** By stage and SLA state. */
    private final int[] states;
    /** By stage and currency: how many deals have an amount, and their sum as {@link Amounts#ofUnits(long, long)} takes it. */
    private final int[] paid;

    private final long[] high;
    private final long[] low;
    private int[] openRows = new int[1024];
    private int open;
    private int deals;
    private int withGaps;

    Counting(BoardTable table, Instant now) {
        this.table = table;
        this.now = now;
        this.nowMillis = Millis.of(now);
        this.openCode = table.outcome().dictionary().code("open");
        this.outcomes = new int[table.outcome().dictionary().size()];
        int stages = table.stage().dictionary().size();
        this.currencies = table.currency().dictionary().size();
        this.openByStage = new int[stages];
        this.states = new int[stages * STATES];
        this.paid = new int[stages * currencies];
        this.high = new long[stages * currencies];
        this.low = new long[stages * currencies];
    }

    /**
     * Counts.
     *
     * @param stages which are to be told, in their order
     */
    BoardCounts count(RowFilter filter, List<String> stages) {
        for (int row = 0; row < table.size(); row++) {
            if (filter.matches(row)) {
                add(row);
            }
        }
        long[] since = new long[open];
        int[] ends = sinceByStage(since);
        List<StageCount> counts = new ArrayList<>();
        for (String stage : stages) {
            int code = table.stage().dictionary().code(stage);
            counts.add(
                    code == Dictionary.UNKNOWN
                            ? new StageCount(stage, 0, Map.of(), Map.of(), null, null)
                            : stageCount(stage, code, since, ends));
        }
        Map<String, Integer> byOutcome = new TreeMap<>();
        for (int code = 0; code < outcomes.length; code++) {
            if (outcomes[code] > 0) {
                byOutcome.put(table.outcome().dictionary().text(code), outcomes[code]);
            }
        }
        return new BoardCounts(
                deals, byOutcome, withGaps, open, bySla(0, openByStage.length), amounts(0, openByStage.length), counts);
    }

    private void add(int row) {
        deals++;
        if (table.is(row, BoardTable.HAS_GAPS)) {
            withGaps++;
        }
        int outcome = table.outcome().code(row);
        outcomes[outcome]++;
        if (outcome != openCode) {
            return;
        }
        if (open == openRows.length) {
            openRows = Arrays.copyOf(openRows, Math.min(open * 4, Math.max(table.size(), open + 1)));
        }
        openRows[open++] = row;
        int stage = table.stage().code(row);
        openByStage[stage]++;
        states[stage * STATES + place(table.sla(row, nowMillis))]++;
        long amount = table.amount(row);
        if (amount != BoardTable.NO_AMOUNT) {
            int sum = stage * currencies + table.currency().code(row);
            paid[sum]++;
            // In two halves, which no number of deals makes overflow.
            high[sum] += amount >> 32;
            low[sum] += amount & 0xFFFF_FFFFL;
        }
    }

    /**
     * Sorts the instants since when open deals are in their stage by stage, leaving out those that have none.
     *
     * @return by stage, behind its last instant; it has as many before that
     */
    private int[] sinceByStage(long[] since) {
        int[] next = new int[openByStage.length];
        for (int stage = 1; stage < next.length; stage++) {
            next[stage] = next[stage - 1] + openByStage[stage - 1];
        }
        for (int i = 0; i < open; i++) {
            long at = table.since(openRows[i]);
            if (at != Millis.NONE) {
                since[next[table.stage().code(openRows[i])]++] = at;
            }
        }
        return next;
    }

    private StageCount stageCount(String stage, int code, long[] since, int[] ends) {
        int from = 0;
        for (int before = 0; before < code; before++) {
            from += openByStage[before];
        }
        int to = ends[code];
        int last = to - 1 - from;
        return new StageCount(
                stage,
                openByStage[code],
                bySla(code, code + 1),
                amounts(code, code + 1),
                last < 0 ? null : age(Ranking.at(since, from, to, to - 1 - last / 2)),
                last < 0 ? null : age(Ranking.at(since, from, to, to - 1 - (int) (last * 9L / 10))));
    }

    private Duration age(long since) {
        return Duration.between(Instant.ofEpochMilli(since), now);
    }

    private static int place(DealSla state) {
        return switch (state) {
            case NONE -> 0;
            case OK -> 1;
            case AT_RISK -> 2;
            case BREACHED -> 3;
        };
    }

    private Map<DealSla, Integer> bySla(int from, int to) {
        Map<DealSla, Integer> counts = new EnumMap<>(DealSla.class);
        for (DealSla state : DealSla.values()) {
            int count = 0;
            for (int stage = from; stage < to; stage++) {
                count += states[stage * STATES + place(state)];
            }
            if (count > 0) {
                counts.put(state, count);
            }
        }
        return counts;
    }

    private Map<String, BigDecimal> amounts(int from, int to) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (int currency = 0; currency < currencies; currency++) {
            int count = 0;
            long highSum = 0;
            long lowSum = 0;
            for (int stage = from; stage < to; stage++) {
                int sum = stage * currencies + currency;
                count += paid[sum];
                highSum += high[sum] + ((lowSum + low[sum]) >> 32);
                lowSum = (lowSum + low[sum]) & 0xFFFF_FFFFL;
            }
            if (count > 0) {
                sums.put(table.currency().dictionary().text(currency), Amounts.ofUnits(highSum, lowSum));
            }
        }
        return sums;
    }
}
