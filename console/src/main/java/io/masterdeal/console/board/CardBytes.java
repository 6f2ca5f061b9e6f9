package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cards as bytes. The part that no column has comes first: root, timeline, clocks, gaps, number of facts. Times are differences, so that
 * they are short.
 */
final class CardBytes {
    /** Of the form in which cards are stored. Those of another form are not read, and all is made again. */
    static final int FORM = 1;

    private static final int HAS_OBJECT = 1;
    private static final int HAS_DUE = 2;
    private static final int AT_RISK = 4;
    private static final int HAS_BREACH = 8;
    private static final int HAS_STOP = 16;

    private CardBytes() {}

    /** The part of a card that no column has. */
    record Rest(String root, List<String> gaps, List<Step> steps, List<CardClock> clocks, int facts) {}

    static void writeRest(ByteWriter to, Card card, Texts texts) {
        to.text(card.root());
        long before = 0;
        to.number(card.steps().size());
        for (Step step : card.steps()) {
            long at = step.at().toEpochMilli();
            texts.write(to, step.stage());
            to.signed(((at - before) << 1) | (step.backward() ? 1 : 0));
            before = at;
        }
        to.number(card.clocks().size());
        for (CardClock clock : card.clocks()) {
            before = write(to, clock, before, texts);
        }
        to.number(card.gaps().size());
        card.gaps().forEach(gap -> texts.write(to, gap));
        to.number(card.facts());
    }

    private static long write(ByteWriter to, CardClock clock, long before, Texts texts) {
        long start = clock.startedAt().toEpochMilli();
        to.number((clock.object() == null ? 0 : HAS_OBJECT)
                | (clock.dueAt() == null ? 0 : HAS_DUE)
                | (clock.atRisk() ? AT_RISK : 0)
                | (clock.breachedAt() == null ? 0 : HAS_BREACH)
                | (clock.stoppedAt() == null ? 0 : HAS_STOP));
        texts.write(to, clock.policy());
        texts.write(to, clock.domain());
        texts.write(to, clock.state());
        to.signed(start - before);
        if (clock.object() != null) {
            to.text(clock.object());
        }
        writeInstant(to, clock.dueAt(), start);
        writeInstant(to, clock.breachedAt(), start);
        writeInstant(to, clock.stoppedAt(), start);
        return start;
    }

    private static void writeInstant(ByteWriter to, @Nullable Instant at, long before) {
        if (at != null) {
            to.signed(at.toEpochMilli() - before);
        }
    }

    static Rest readRest(ByteReader from, Texts texts) {
        String root = from.text();
        List<Step> steps = readSteps(from, texts);
        long before = steps.isEmpty() ? 0 : steps.getLast().at().toEpochMilli();
        int size = from.size();
        List<CardClock> clocks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            CardClock clock = readClock(from, before, texts);
            before = clock.startedAt().toEpochMilli();
            clocks.add(clock);
        }
        size = from.size();
        List<String> gaps = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            gaps.add(texts.read(from));
        }
        return new Rest(root, List.copyOf(gaps), steps, List.copyOf(clocks), from.size());
    }

    /** Reads the timeline alone, which comes behind the root. */
    static List<Step> readSteps(ByteReader from, Texts texts) {
        long before = 0;
        int size = from.size();
        List<Step> steps = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String stage = texts.read(from);
            long difference = from.signed();
            before += difference >> 1;
            steps.add(new Step(stage, Instant.ofEpochMilli(before), (difference & 1) == 1));
        }
        return List.copyOf(steps);
    }

    private static CardClock readClock(ByteReader from, long before, Texts texts) {
        int has = from.size();
        String policy = texts.read(from);
        String domain = texts.read(from);
        String state = texts.read(from);
        long start = before + from.signed();
        return new CardClock(
                policy,
                (has & HAS_OBJECT) == 0 ? null : from.text(),
                domain,
                state,
                Instant.ofEpochMilli(start),
                readInstant(from, (has & HAS_DUE) != 0, start),
                (has & AT_RISK) != 0,
                readInstant(from, (has & HAS_BREACH) != 0, start),
                readInstant(from, (has & HAS_STOP) != 0, start));
    }

    private static @Nullable Instant readInstant(ByteReader from, boolean isThere, long before) {
        return isThere ? Instant.ofEpochMilli(before + from.signed()) : null;
    }

    /** The whole of a card but for what has a column of its own in the database: id, epoch, revision. */
    static byte[] write(ByteWriter to, Card card) {
        to.clear();
        to.number(FORM);
        writeRest(to, card, Texts.WHOLE);
        to.text(card.stage());
        to.text(card.outcome());
        to.text(card.ruleSet());
        to.text(card.currency());
        to.number(card.amount() == null ? 0 : 1);
        if (card.amount() != null) {
            to.signed(Amounts.units(card.amount()));
        }
        to.signed(card.publishedAt().toEpochMilli());
        to.number(card.attributes().size());
        // Sorted, so that the same card always has the same bytes.
        new TreeMap<>(card.attributes()).forEach((name, value) -> {
            to.text(name);
            to.text(value);
        });
        return to.written();
    }

    /** Reads what {@link #write} wrote; null if it is of another form. */
    static @Nullable Card read(UUID id, long epoch, long revision, byte[] bytes) {
        ByteReader from = new ByteReader(bytes);
        if (from.size() != FORM) {
            return null;
        }
        Rest rest = readRest(from, Texts.WHOLE);
        String stage = from.text();
        String outcome = from.text();
        String ruleSet = from.text();
        String currency = from.text();
        var amount = from.size() == 0 ? null : Amounts.ofUnits(from.signed());
        Instant published = Instant.ofEpochMilli(from.signed());
        int size = from.size();
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<String, String>[] attributes = new Map.Entry[size];
        for (int i = 0; i < size; i++) {
            attributes[i] = Map.entry(from.text(), from.text());
        }
        return new Card(
                id,
                rest.root(),
                epoch,
                revision,
                stage,
                outcome,
                rest.gaps(),
                Map.ofEntries(attributes),
                amount,
                currency,
                ruleSet,
                rest.steps(),
                rest.clocks(),
                rest.facts(),
                published);
    }
}
