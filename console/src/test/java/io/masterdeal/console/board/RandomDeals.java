package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What random deals tell of themselves, revision by revision. */
final class RandomDeals {
    /** Of the rule set in use. */
    static final List<String> STAGES = List.of("lead_created", "briefed", "offer_ready", "contracting", "closed");
    /** Around which all happens. */
    static final Instant NOW = Instant.parse("2026-04-15T09:00:00Z");

    static final List<String> CLIENTS = List.of(
            "ООО «Ромашка»", "Yantar Clinics", "АО Северный ветер", "ПАО «Янтарь-Юг»", "Retail 24", "ООО Вектор", "");

    private static final List<String> OUTCOMES = List.of("open", "open", "open", "open", "won", "lost", "cancelled");
    private static final List<String> STATES = List.of("running", "running", "paused", "met", "breached", "cancelled");

    private final Random random;
    private final int deals;
    private final Map<Integer, long[]> versions = new HashMap<>();

    RandomDeals(long seed, int deals) {
        this.random = new Random(seed);
        this.deals = deals;
    }

    Random random() {
        return random;
    }

    static String root(int deal) {
        return switch (deal % 7) {
            case 3 -> "crm:deal:Сделка-" + deal;
            case 4 -> "crm:deal:X:" + deal + " a";
            case 5 -> "erp:order:LONGNUMBER-" + deal;
            case 6 -> "odd" + deal;
            default -> "crm:deal:D-" + deal;
        };
    }

    static UUID id(String root) {
        return UUID.nameUUIDFromBytes(root.getBytes(StandardCharsets.UTF_8));
    }

    /** Events in the order of their making, with snapshots and withdrawals, then repeated and put out of order here and there. */
    List<CardReader.Read> events(int count) {
        List<CardReader.Read> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        for (int i = 0; i < count / 4; i++) {
            events.add(events.get(random.nextInt(events.size())));
        }
        for (int i = 0; i < events.size(); i++) {
            int other = Math.min(events.size() - 1, i + random.nextInt(1 + random.nextInt(8)));
            CardReader.Read moved = events.get(i);
            events.set(i, events.get(other));
            events.set(other, moved);
        }
        return events;
    }

    /** The next revision of some deal, now and then by another process, which may count anew from an earlier one. */
    CardReader.Read next() {
        int deal = random.nextInt(deals);
        long[] version = versions.computeIfAbsent(deal, _ -> new long[] {1, 0});
        if (random.nextInt(40) == 0) {
            version[0]++;
            version[1] = Math.max(0, version[1] - random.nextInt(3));
        }
        version[1]++;
        return new CardReader.Read(card(root(deal), version[0], version[1]), random.nextInt(12) == 0);
    }

    Card card(String root, long epoch, long revision) {
        List<Step> steps = new ArrayList<>();
        Instant at = NOW.minus(Duration.ofHours(random.nextInt(24 * 90)));
        int stage = -1;
        for (int i = random.nextInt(6); i > 0; i--) {
            int to = random.nextInt(STAGES.size());
            steps.add(new Step(STAGES.get(to), at, to < stage));
            at = at.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 10)));
            stage = to;
        }
        List<CardClock> clocks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            clocks.add(clock(i));
        }
        Map<String, String> attributes = new HashMap<>();
        String client = CLIENTS.get(random.nextInt(CLIENTS.size()));
        if (!client.isEmpty()) {
            attributes.put("client", client);
        }
        if (random.nextInt(3) > 0) {
            attributes.put("manager", "Manager " + random.nextInt(5));
        }
        if (random.nextInt(10) == 0) {
            attributes.put("number", "N-" + random.nextInt(1000));
        }
        return new Card(
                id(root),
                root,
                epoch,
                revision,
                stage < 0 ? "none" : STAGES.get(stage),
                OUTCOMES.get(random.nextInt(OUTCOMES.size())),
                random.nextInt(4) == 0 ? List.of("briefed", "offer_ready") : List.of(),
                Map.copyOf(attributes),
                amount(),
                List.of("RUB", "RUB", "EUR", "").get(random.nextInt(4)),
                random.nextInt(5) == 0 ? "strict@2" : "default@1",
                List.copyOf(steps),
                List.copyOf(clocks),
                1 + random.nextInt(9),
                NOW.minusMillis(random.nextInt(100_000)));
    }

    private @Nullable BigDecimal amount() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> CardReader.amount("-" + random.nextInt(1000) + ".25");
            case 2 -> CardReader.amount("999999999999.9999");
            default -> CardReader.amount(random.nextInt(10_000_000) + "");
        };
    }

    private CardClock clock(int number) {
        String state = STATES.get(random.nextInt(STATES.size()));
        Instant start = NOW.minus(Duration.ofHours(random.nextInt(24 * 30)));
        Instant due = start.plus(Duration.ofHours(random.nextInt(24 * 40)));
        boolean breached = state.equals("breached") || (state.equals("cancelled") && random.nextBoolean());
        boolean stopped = state.equals("met") || (state.equals("breached") && random.nextBoolean());
        boolean open = state.equals("running") || state.equals("paused");
        return new CardClock(
                "policy-" + number,
                random.nextBoolean() ? null : "legal:case:L-" + random.nextInt(50),
                random.nextBoolean() ? "legal" : "masterdeal",
                state,
                start,
                state.equals("paused") || (state.equals("running") && random.nextInt(8) == 0) ? null : due,
                open && random.nextInt(3) == 0,
                breached ? due : null,
                stopped ? due.plusSeconds(random.nextInt(100_000)) : null);
    }
}
