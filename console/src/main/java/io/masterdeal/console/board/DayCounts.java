package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What happened on which day, kept by difference: what an old card gave is taken away, what the new one gives is added. So a fact that came
 * late corrects the past. Of a timeline or clocks that the event has cut, the rest counts. Not thread-safe.
 */
final class DayCounts {

    private final Map<DayKey, DayCount> counts = new HashMap<>();

    /** Adds what a card gives. */
    void add(Card card) {
        change(card, 1);
    }

    /** Takes away what a card gave. */
    void remove(Card card) {
        change(card, -1);
    }

    private void change(Card card, int sign) {
        List<Step> steps = card.steps();
        long amount = card.amount() == null ? 0 : Amounts.units(card.amount());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int day = DayKey.day(step.at().toEpochMilli());
            DayCount to = count(day, step.stage(), card);
            to.entered += sign;
            to.addAmount(amount, sign);
            if (i == steps.size() - 1 && card.outcome().equals("won")) {
                to.closed += sign;
            }
            if (i == 0) {
                to.began += sign;
                continue;
            }
            to.backward += step.backward() ? sign : 0;
            count(day, steps.get(i - 1).stage(), card).exited += sign;
        }
        for (CardClock clock : card.clocks()) {
            Instant breached = clock.breachedAt();
            if (breached != null) {
                count(DayKey.day(breached.toEpochMilli()), stageAt(steps, breached), card).breached += sign;
            }
        }
    }

    private DayCount count(int day, String stage, Card card) {
        return counts.computeIfAbsent(new DayKey(day, stage, card.currency()), _ -> new DayCount());
    }

    private static String stageAt(List<Step> steps, Instant at) {
        String stage = "none";
        for (Step step : steps) {
            if (step.at().isAfter(at)) {
                return stage;
            }
            stage = step.stage();
        }
        return stage;
    }

    void change(DayKey key, DayCount count, int sign) {
        counts.computeIfAbsent(key, _ -> new DayCount()).add(count, sign);
    }

    void change(DayCounts others, int sign) {
        others.counts.forEach((key, count) -> change(key, count, sign));
    }

    void clear() {
        counts.clear();
    }

    /** Tells what is not nothing. */
    void forEach(BiConsumer<DayKey, DayCount> each) {
        counts.values().removeIf(DayCount::isNothing);
        counts.forEach(each);
    }

    /** What is here and not in others, or less there, and the other way round. */
    DayCounts without(DayCounts others) {
        DayCounts difference = new DayCounts();
        difference.change(this, 1);
        difference.change(others, -1);
        difference.counts.values().removeIf(DayCount::isNothing);
        return difference;
    }

    int size() {
        return counts.size();
    }

    /** All stages and currencies of each day together, from one day to another, both included. */
    List<DayTrend> trend(LocalDate from, LocalDate to) {
        Map<Integer, DayCount> days = new HashMap<>();
        counts.forEach((key, count) -> {
            if (key.day() >= from.toEpochDay() && key.day() <= to.toEpochDay()) {
                days.computeIfAbsent(key.day(), _ -> new DayCount()).add(count, 1);
            }
        });
        DayCount nothing = new DayCount();
        return from.datesUntil(to.plusDays(1))
                .map(day -> {
                    DayCount all = days.getOrDefault((int) day.toEpochDay(), nothing);
                    return new DayTrend(
                            day, all.began, all.entered - all.began, all.backward, all.closed, all.breached);
                })
                .toList();
    }
}
