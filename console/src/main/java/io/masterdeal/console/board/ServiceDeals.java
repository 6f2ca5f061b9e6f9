package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.RoleRequest;
import io.masterdeal.console.platform.Roles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All deals as the service tells them, page by page. Its lists name no epoch, so that these cards have less than the events of any epoch:
 * {@link #WITHOUT_CLOCKS}, and {@link #WITH_CLOCKS} once their clocks are known, which are in a list of their own.
 */
final class ServiceDeals {
    /** The epoch of a card of the list of deals. */
    static final long WITHOUT_CLOCKS = -2;
    /** The epoch of such a card with its clocks. */
    static final long WITH_CLOCKS = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 500;

    private final Roles roles;

    ServiceDeals(Roles roles) {
        this.roles = roles;
    }

    /** Whether there is a service to be asked. */
    boolean canBeAsked() {
        return roles.knows(RoleName.SERVICE);
    }

    /**
     * Reads all deals.
     *
     * @param into takes a page of cards, which have no clocks
     * @throws IOException if the service does not answer, or refuses
     */
    void deals(Consumer<List<Card>> into) throws IOException {
        pages("/masterdeal?timeline=true", items -> {
            List<Card> cards = new ArrayList<>();
            items.forEach(item -> cards.add(card(item)));
            into.accept(cards);
        });
    }

    /**
     * Reads the clocks of all deals.
     *
     * @param into takes a deal and its clocks
     * @throws IOException if the service does not answer, or refuses
     */
    void clocks(BiConsumer<UUID, List<CardClock>> into) throws IOException {
        List<CardClock> clocks = new ArrayList<>();
        UUID[] deal = new UUID[1];
        pages("/sla", items -> {
            for (JsonNode item : items) {
                UUID next = UUID.fromString(item.path("master_deal_id").asString(""));
                if (deal[0] != null && !next.equals(deal[0])) {
                    into.accept(deal[0], List.copyOf(clocks));
                    clocks.clear();
                }
                deal[0] = next;
                clocks.add(clock(item));
            }
        });
        if (deal[0] != null) {
            into.accept(deal[0], List.copyOf(clocks));
        }
    }

    private void pages(String path, Consumer<JsonNode> into) throws IOException {
        String cursor = "";
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            RoleAnswer answer = roles.send(RoleName.SERVICE, new RoleRequest("GET", page, null, null, PATIENCE));
            if (!answer.isOk()) {
                throw new IOException(answer.problem());
            }
            into.accept(answer.body().path("items"));
            cursor = answer.body().path("next").asString("");
        } while (!cursor.isEmpty());
    }

    private static Card card(JsonNode deal) {
        Map<String, String> attributes = new HashMap<>();
        deal.path("attributes")
                .properties()
                .forEach(each -> attributes.put(each.getKey(), each.getValue().asString("")));
        String amount = attributes.remove(CardReader.AMOUNT);
        String currency = attributes.remove(CardReader.CURRENCY);
        List<String> gaps = new ArrayList<>();
        deal.path("gaps").forEach(gap -> gaps.add(gap.asString("")));
        List<Step> steps = new ArrayList<>();
        deal.path("timeline")
                .forEach(step -> steps.add(new Step(
                        step.path("stage").asString(""),
                        Instant.parse(step.path("effective_at").asString("")),
                        step.path("direction").asString("").equals("backward"))));
        return new Card(
                UUID.fromString(deal.path("master_deal_id").asString("")),
                deal.path("root").asString(""),
                WITHOUT_CLOCKS,
                deal.path("revision").asLong(0),
                deal.path("stage").asString(""),
                deal.path("outcome").asString(""),
                List.copyOf(gaps),
                Map.copyOf(attributes),
                CardReader.amount(amount),
                currency == null ? "" : currency,
                deal.path("rule_set").asString(""),
                List.copyOf(steps),
                List.of(),
                deal.path("facts").asInt(0),
                Instant.parse(deal.path("updated_at").asString("")));
    }

    private static CardClock clock(JsonNode clock) {
        return new CardClock(
                clock.path("policy").asString(""),
                clock.path("object").isString() ? clock.path("object").asString("") : null,
                clock.path("domain").asString(""),
                clock.path("state").asString(""),
                Instant.parse(clock.path("started_at").asString("")),
                instant(clock.path("due_at")),
                clock.path("at_risk").asBoolean(false),
                instant(clock.path("breached_at")),
                instant(clock.path("stopped_at")));
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text.isString() ? Instant.parse(text.asString("")) : null;
    }
}
