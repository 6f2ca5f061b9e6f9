package io.masterdeal.benchmarks.console;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import io.masterdeal.console.board.CardReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Made-up deals, as canonical events would tell them: most of them closed, as in a company that has used the platform for years. */
final class ManyCards {
    /** The instant at which the board is asked. */
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static final List<String> STAGES =
            List.of("lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");
    private static final List<String> POLICIES =
            List.of("lead-to-close", "brief-to-offer", "offer-to-contracting", "signature-to-approval");
    private static final List<String> PRODUCTS = List.of("Display", "Video", "Search", "Outdoor", "Radio");
    private static final List<String> REGIONS = List.of("Москва", "Санкт-Петербург", "Урал", "Сибирь", "Юг");
    private static final int CLIENTS = 20_000;
    private static final int MANAGERS = 200;

    private final Random random;

    ManyCards(long seed) {
        random = new Random(seed);
    }

    CardReader.Read next(int number) {
        String root = "crm:deal:D-" + number;
        boolean open = random.nextInt(10) < 3;
        int stages = open ? 1 + random.nextInt(5) : 6;
        Instant start = NOW.minus(Duration.ofHours(random.nextInt(open ? 24 * 60 : 24 * 900)));
        List<Step> steps = new ArrayList<>();
        Instant at = start;
        for (int i = 0; i < stages; i++) {
            steps.add(new Step(STAGES.get(i), at, false));
            at = at.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 5)));
        }
        return new CardReader.Read(
                new Card(
                        UUID.nameUUIDFromBytes(root.getBytes(StandardCharsets.UTF_8)),
                        root,
                        1_796_040_802,
                        1 + random.nextInt(9),
                        STAGES.get(stages - 1),
                        open ? "open" : random.nextInt(4) == 0 ? "lost" : "won",
                        random.nextInt(100) == 0 ? List.of("briefed") : List.of(),
                        Map.of(
                                "client",
                                "ООО «Клиент " + random.nextInt(CLIENTS) + "»",
                                "manager",
                                "Менеджер " + random.nextInt(MANAGERS),
                                "product",
                                PRODUCTS.get(random.nextInt(PRODUCTS.size())),
                                "region",
                                REGIONS.get(random.nextInt(REGIONS.size()))),
                        BigDecimal.valueOf(random.nextInt(50_000) * 100L),
                        random.nextInt(20) == 0 ? "EUR" : "RUB",
                        "default@1",
                        List.copyOf(steps),
                        clocks(steps, open),
                        4 + random.nextInt(12),
                        at),
                false);
    }

    private List<CardClock> clocks(List<Step> steps, boolean open) {
        List<CardClock> clocks = new ArrayList<>();
        for (int i = 0; i < Math.min(POLICIES.size(), steps.size()); i++) {
            boolean last = open && (i == 0 || i == steps.size() - 1);
            Instant start = steps.get(i).at();
            Instant due = start.plus(Duration.ofDays(10));
            boolean breached = due.isBefore(NOW) && random.nextInt(8) == 0;
            clocks.add(new CardClock(
                    POLICIES.get(i),
                    null,
                    i == 3 ? "legal" : "masterdeal",
                    breached ? "breached" : last ? "running" : "met",
                    start,
                    due,
                    last && !breached && random.nextInt(5) == 0,
                    breached ? due : null,
                    last ? null : start.plus(Duration.ofDays(2))));
        }
        return List.copyOf(clocks);
    }
}
