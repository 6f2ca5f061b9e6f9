package io.masterdeal.console.deal;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the other roles for what a deal's page shows. A role that is away costs its part of the page alone. */
@Component
class DealReader {

    private static final int FACTS_A_PAGE = 100;
    private static final int MOST_FACTS = 1000;
    private static final int MOST_OBJECTS = 200;
    private static final int MOST_PAGES_OF_OBJECTS = 3;

    private final Roles roles;
    private final Board board;
    private final RuleSetInUse rules;

    DealReader(Roles roles, Board board, RuleSetInUse rules) {
        this.roles = roles;
        this.board = board;
        this.rules = rules;
    }

    /**
     * What was found.
     *
     * @param page null if nobody knows the deal
     * @param status of an answer without a page
     * @param problem why there is no page, as the service says it
     */
    record Found(@Nullable DealScreen page, int status, String problem) {}

    Found read(DealRequest request) {
        RoleAnswer deal = deal(request);
        if (deal.isOk()) {
            return new Found(whole(request, DealHead.read(deal.body()), DealPart.of(deal)), 200, "");
        }
        Optional<Card> card =
                deal.status() / 100 == 4 || request.knownAt() != null ? Optional.empty() : card(request.id());
        if (card.isEmpty()) {
            return new Found(null, deal.isAway() ? 503 : deal.status(), deal.problem());
        }
        return new Found(fromBoard(request, DealHead.of(card.get()), deal.problem()), 200, "");
    }

    private RoleAnswer deal(DealRequest request) {
        String id = request.id();
        if (id.contains("/")) {
            // Such a key cannot be part of a path.
            RoleAnswer named = roles.get(RoleName.SERVICE, "/masterdeal?limit=2&object=" + encode(id));
            JsonNode items = named.body().path("items");
            if (!named.isOk() || items.size() != 1) {
                return named.isOk() ? new RoleAnswer(items.isEmpty() ? 404 : 409, named.body(), "") : named;
            }
            id = items.get(0).path("master_deal_id").asString("");
        }
        String instant = request.knownAt() == null ? "" : "?known_at=" + request.knownAt();
        return roles.get(RoleName.SERVICE, "/masterdeal/" + encode(id) + instant);
    }

    private Optional<Card> card(String id) {
        try {
            return board.card(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            return board.byRoot(id);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private DealScreen fromBoard(DealRequest request, DealHead head, String problem) {
        String id = head.card().id().toString();
        Timeline timeline =
                Timeline.of(head, rules.stages(), List.of(), head.card().facts(), request.end());
        DealPart away = DealPart.missing(problem);
        DealPart part = request.tab() == Tab.DELIVERIES ? deliveries(request, id) : away;
        return new DealScreen(request, id, head, away, true, away, timeline, away, part, DealPart.NONE);
    }

    private DealScreen whole(DealRequest request, DealHead head, DealPart deal) {
        String id = head.card().id().toString();
        DealPart why = request.knownAt() != null
                ? DealPart.NONE
                : service(id, "/why" + (request.tab() == Tab.WHY ? "?stage=all" : ""));
        List<JsonNode> items = new ArrayList<>();
        DealPart facts = timelineFacts(id, items);
        List<DealFact> read = DealFact.read(items, request.end());
        Timeline timeline = Timeline.of(head, rules.stages(), read, head.card().facts(), request.end());
        DealPart part = part(request, id, deal);
        DealPart learned =
                request.knownAt() == null ? DealPart.NONE : service(id, "/learned?limit=50&from=" + request.knownAt());
        return new DealScreen(request, id, head, deal, false, why, timeline, facts, part, learned);
    }

    /** The newest facts, and of a deal with more of them the oldest as well: so the picture has the beginning and the end. */
    private DealPart timelineFacts(String id, List<JsonNode> into) {
        DealPart newest = service(id, "/facts?limit=" + MOST_FACTS);
        newest.list("items").forEach(into::add);
        if (!newest.text("next").isEmpty()) {
            service(id, "/facts?order=oldest&limit=" + MOST_FACTS).list("items").forEach(into::add);
        }
        return newest.isThere() ? DealPart.NONE : newest;
    }

    private DealPart part(DealRequest request, String id, DealPart deal) {
        return switch (request.tab()) {
            case WHY -> deal;
            case OBJECTS -> request.knownAt() == null ? objects(id) : deal;
            case FACTS -> facts(request, id);
            case SLA -> service(id, "/sla" + (request.at() == null ? "" : "?at=" + request.at()));
            case COMMANDS ->
                DealPart.of(roles.get(RoleName.SERVICE, "/effects?deal=" + id + cursor("&", request.cursor())));
            case DELIVERIES -> deliveries(request, id);
            case REVISIONS -> service(id, "/revisions" + cursor("?", request.cursor()));
        };
    }

    private DealPart facts(DealRequest request, String id) {
        int limit = request.domain().isEmpty() ? FACTS_A_PAGE : MOST_FACTS;
        return service(id, "/facts?limit=" + limit + cursor("&", request.cursor()));
    }

    private DealPart objects(String id) {
        DealPart first = service(id, "/objects?limit=" + MOST_OBJECTS);
        String next = first.text("next");
        for (int page = 1; page < MOST_PAGES_OF_OBJECTS && !next.isEmpty(); page++) {
            DealPart more = service(id, "/objects?limit=" + MOST_OBJECTS + cursor("&", next));
            if (!more.isThere()) {
                break; // The page says that there are more.
            }
            more.list("items").forEach(((ArrayNode) first.list("items"))::add);
            more.list("links").forEach(((ArrayNode) first.list("links"))::add);
            next = more.text("next");
        }
        if (next.isEmpty() && first.isThere()) {
            ((ObjectNode) first.body()).remove("next");
        }
        return first;
    }

    private DealPart deliveries(DealRequest request, String id) {
        return DealPart.of(
                roles.get(RoleName.ROUTER, "/messages?limit=50&master_deal_id=" + id + cursor("&", request.cursor())));
    }

    private static String cursor(String before, @Nullable String cursor) {
        return cursor == null || cursor.isEmpty() ? "" : before + "cursor=" + encode(cursor);
    }

    private DealPart service(String id, String path) {
        return DealPart.of(roles.get(RoleName.SERVICE, "/masterdeal/" + id + path));
    }

    /** Facts of a page that were known by an instant. */
    static boolean isKnown(JsonNode item, String field, @Nullable Instant by) {
        Instant at = Instants.of(item, field);
        return by == null || at == null || !at.isAfter(by);
    }
}
