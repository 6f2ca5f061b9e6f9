package io.masterdeal.console.messages;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks the router for messages. What sinks answered and the bodies of events are for operators only, as with the router itself. */
@Component
public final class MessageLedger {
    /** Messages a page. */
    static final int PAGE = 50;

    private final Roles roles;
    private final Board board;

    /**
     * @param roles asks the router
     * @param board knows the ids of deals
     */
    public MessageLedger(Roles roles, Board board) {
        this.roles = roles;
        this.board = board;
    }

    /**
     * A page of messages.
     *
     * @param items the latest first
     * @param next cursor of the next page; null on the last one
     * @param problem why there is no list; empty if there is
     */
    public record Found(List<MessageRow> items, @Nullable String next, String problem) {}

    /**
     * Finds messages.
     *
     * @param cursor of the page; empty for the first one
     * @param limit messages of the page, at most 1000
     */
    public Found find(MessageFilter filter, String cursor, int limit, View view) {
        UUID deal = null;
        if (!filter.deal().isEmpty()) {
            deal = dealId(filter.deal()).orElse(null);
            if (deal == null) {
                return new Found(List.of(), null, view.text("messages.no_such_deal", filter.deal()));
            }
        }
        String query;
        try {
            query = filter.toRouter(deal, view.zone())
                    .with("cursor", cursor)
                    .with("limit", limit)
                    .on("/messages");
        } catch (DateTimeException _) {
            return new Found(List.of(), null, view.text("messages.no_time"));
        }
        return read(roles.get(RoleName.ROUTER, query), view);
    }

    /** All that the router has of an event: usually one message. */
    public Found event(String eventId, View view) {
        return read(
                roles.get(
                        RoleName.ROUTER,
                        new QueryText().with("event_id", eventId).on("/messages")),
                view);
    }

    private static Found read(RoleAnswer answer, View view) {
        boolean answers = view.may(Right.OPERATOR);
        return new Found(
                answer.body()
                        .path("items")
                        .valueStream()
                        .map(item -> MessageRow.read(item, answers))
                        .toList(),
                JsonField.optional(answer.body(), "next"),
                answer.problem());
    }

    /** The event as it was read; empty if it is not kept, or the person may not see it. */
    public Optional<JsonNode> body(String eventId, View view) {
        if (!view.may(Right.OPERATOR)) {
            return Optional.empty();
        }
        RoleAnswer answer = roles.get(RoleName.ROUTER, "/messages/" + QueryText.encoded(eventId) + "/body");
        return answer.isOk() ? Optional.of(answer.body()) : Optional.empty();
    }

    /**
     * The id of a deal.
     *
     * @param text an id, or the key of any of its objects
     */
    public Optional<UUID> dealId(String text) {
        Optional<UUID> id = uuid(text);
        if (id.isPresent()) {
            return id;
        }
        Optional<UUID> known = board.byRoot(text).map(Card::id);
        if (known.isPresent()) {
            return known;
        }
        RoleAnswer answer = roles.get(RoleName.SERVICE, "/masterdeal/" + QueryText.encoded(text));
        return answer.isOk() ? uuid(JsonField.text(answer.body(), "master_deal_id")) : Optional.empty();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
