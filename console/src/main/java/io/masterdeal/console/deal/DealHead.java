package io.masterdeal.console.deal;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a deal stands.
 *
 * @param card the deal in short
 * @param contradictory closed, and yet lost or cancelled
 * @param since when its last change of stage took effect, UTC; null if it never had a stage
 */
public record DealHead(
        Card card, boolean contradictory, @Nullable Instant since) {

    /** Longer numbers are no amounts of money. */
    private static final int LONGEST_AMOUNT = 40;

    /** What the board knows. */
    static DealHead of(Card card) {
        return new DealHead(card, false, card.since());
    }

    /**
     * What the service says of a deal, now or as known at an instant.
     *
     * @throws IllegalArgumentException if the answer names no deal
     */
    static DealHead read(JsonNode deal) {
        Map<String, String> attributes = new HashMap<>();
        deal.path("attributes")
                .properties()
                .forEach(it -> attributes.put(it.getKey(), it.getValue().asString("")));
        String amount = attributes.remove("amount");
        String currency = Objects.requireNonNullElse(attributes.remove("currency"), "");
        Instant updated = Instants.of(deal, "updated_at");
        Card card = new Card(
                UUID.fromString(deal.path("master_deal_id").asString("")),
                deal.path("root").asString(""),
                0,
                deal.path("revision").asLong(0),
                deal.path("stage").asString("none"),
                deal.path("outcome").asString("open"),
                texts(deal.path("gaps")),
                Map.copyOf(attributes),
                amount(amount),
                currency,
                deal.path("rule_set").asString(""),
                steps(deal.path("timeline")),
                clocks(deal.path("sla")),
                deal.path("facts").asInt(0),
                updated == null ? Instant.EPOCH : updated);
        return new DealHead(card, deal.path("contradictory").asBoolean(false), Instants.of(deal, "stage_since"));
    }

    private static @Nullable BigDecimal amount(@Nullable String text) {
        try {
            return text == null || text.length() > LONGEST_AMOUNT ? null : new BigDecimal(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(it -> texts.add(it.asString("")));
        return List.copyOf(texts);
    }

    private static List<Step> steps(JsonNode timeline) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : timeline) {
            Instant at = Instants.of(step, "effective_at");
            if (at != null) {
                steps.add(new Step(
                        step.path("stage").asString(""),
                        at,
                        step.path("direction").asString("").equals("backward")));
            }
        }
        return List.copyOf(steps);
    }

    private static List<CardClock> clocks(JsonNode clocks) {
        List<CardClock> read = new ArrayList<>();
        for (JsonNode clock : clocks) {
            Instant started = Instants.of(clock, "started_at");
            read.add(new CardClock(
                    clock.path("policy").asString(""),
                    clock.path("domain").asString(""),
                    clock.path("state").asString(""),
                    started == null ? Instant.EPOCH : started,
                    Instants.of(clock, "due_at"),
                    clock.path("at_risk").asBoolean(false),
                    Instants.of(clock, "breached_at")));
        }
        return List.copyOf(read);
    }

    /** Whether more can happen: the deal is open, or one of its clocks is. */
    boolean isOpen() {
        return card.outcome().equals("open")
                || card.clocks().stream().anyMatch(clock -> clock.state().equals("running"));
    }

    /** The clock that is due first of those that run; null if none does. */
    public @Nullable CardClock nextDue() {
        return card.clocks().stream()
                .filter(clock -> clock.state().equals("running") && clock.dueAt() != null)
                .min(Comparator.comparing(CardClock::dueAt))
                .orElse(null);
    }

    /** How many clocks are in a state. */
    public long clocks(String state) {
        return card.clocks().stream()
                .filter(clock -> clock.state().equals(state))
                .count();
    }
}
