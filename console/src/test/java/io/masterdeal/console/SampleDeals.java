package io.masterdeal.console;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Deals as a Russian media agency has them; the same each time. */
@NullMarked
public final class SampleDeals {

    public static final Instant NOW = Instant.parse("2026-11-30T09:15:00Z");
    public static final List<String> STAGES =
            List.of("lead", "briefed", "offer_ready", "contracting", "signed", "running", "closed");

    private static final List<String> CLIENTS = List.of(
            "ООО «Янтарные клиники»",
            "АО «Северный берег»",
            "ПАО «Волжские мельницы»",
            "ООО «Тёплый дом»",
            "ИП Кузнецова А. В.",
            "ООО «Полярная звезда»",
            "АО «Научно-производственное объединение „Сибирские приборы“»",
            "ООО «Лавка Лимонъ»",
            "ГК «Окская верфь»");
    private static final List<String> MANAGERS =
            List.of("Анна Смирнова", "Пётр Ильин", "Мария Соколова-Вершинина", "Тимур Галеев");
    private static final List<String> PRODUCTS = List.of("ТВ", "Наружная реклама", "Радио", "Цифра");
    private static final List<String> REGIONS = List.of("Москва", "Северо-Запад", "Поволжье", "Урал");
    private static final List<String> POLICIES = List.of("offer_in_5_days", "contract_in_10_days", "first_answer");

    private final Random random = new Random(18);

    private SampleDeals() {}

    /** As many as wanted. */
    public static List<Card> make(int deals) {
        SampleDeals sample = new SampleDeals();
        List<Card> cards = new ArrayList<>();
        for (int i = 1; i <= deals; i++) {
            cards.add(sample.card(i));
        }
        return cards;
    }

    /** A deal with nothing but a client and an amount. */
    public static Card plain(String number, String client, @Nullable String amount) {
        return new Card(
                id(number),
                "crm:deal:" + number,
                1,
                1,
                "lead",
                "open",
                List.of(),
                Map.of("client", client),
                amount == null ? null : new BigDecimal(amount),
                amount == null ? "" : "RUB",
                "default@1",
                List.of(new Step("lead", NOW.minus(Duration.ofHours(50)), false)),
                List.of(),
                1,
                NOW.minus(Duration.ofMinutes(3)));
    }

    public static UUID id(String number) {
        return UUID.nameUUIDFromBytes(number.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Card card(int i) {
        int stage = Math.min(STAGES.size() - 1, (int) Math.abs(random.nextGaussian() * 2.6));
        boolean won = stage == STAGES.size() - 1;
        String outcome = won ? "won" : random.nextInt(12) == 0 ? "lost" : "open";
        Map<String, String> attributes = new HashMap<>();
        attributes.put("client", CLIENTS.get(random.nextInt(CLIENTS.size())));
        attributes.put("manager", MANAGERS.get(random.nextInt(MANAGERS.size())));
        attributes.put("product", PRODUCTS.get(random.nextInt(PRODUCTS.size())));
        attributes.put("region", REGIONS.get(random.nextInt(REGIONS.size())));
        return new Card(
                id("D-" + i),
                "crm:deal:D-" + (1000 + i),
                1,
                i,
                STAGES.get(stage),
                outcome,
                stage > 2 && random.nextInt(6) == 0 ? List.of("offer_ready") : List.of(),
                attributes,
                random.nextInt(10) == 0 ? null : BigDecimal.valueOf(100_000L * (1 + random.nextInt(240))),
                "RUB",
                "default@1",
                steps(stage),
                outcome.equals("open") ? clocks() : List.of(),
                3 + random.nextInt(30),
                NOW.minus(Duration.ofMinutes(random.nextInt(6000))));
    }

    private List<Step> steps(int stage) {
        List<Step> steps = new ArrayList<>();
        Instant at = NOW.minus(Duration.ofHours(30L * (stage + 1) + random.nextInt(400)));
        for (int i = 0; i <= stage; i++) {
            steps.add(new Step(STAGES.get(i), at, false));
            if (i == 2 && random.nextInt(5) == 0) {
                at = at.plus(Duration.ofHours(9));
                steps.add(new Step(STAGES.get(1), at, true));
                at = at.plus(Duration.ofHours(7));
                steps.add(new Step(STAGES.get(2), at, false));
            }
            at = at.plus(Duration.ofHours(2 + random.nextInt(28)));
        }
        return steps;
    }

    private List<CardClock> clocks() {
        List<CardClock> clocks = new ArrayList<>();
        for (String policy : POLICIES) {
            int kind = random.nextInt(8);
            Instant started = NOW.minus(Duration.ofHours(10 + random.nextInt(300)));
            if (kind < 3) {
                Instant due = NOW.plus(Duration.ofMinutes(random.nextInt(9000) - 900));
                boolean late = due.isBefore(NOW);
                clocks.add(new CardClock(
                        policy, "crm", late ? "breached" : "running", started, due, kind == 0, late ? due : null));
            } else if (kind < 5) {
                clocks.add(new CardClock(policy, "crm", "met", started, started.plusSeconds(9000), false, null));
            }
        }
        return clocks;
    }
}
