package io.masterdeal.console.deadletters;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.messages.MessageLedger;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the router for dead letters, and tells it what a person decides. */
@Component
final class DeadLetterLedger {
    /** Dead letters a page. */
    private static final int PAGE = 50;

    /** Parts of 10,000 dead letters that are counted for a page; the page says if there are more. */
    private static final int MOST_PARTS = 20;

    private final Roles roles;
    private final MessageLedger messages;

    DeadLetterLedger(Roles roles, MessageLedger messages) {
        this.roles = roles;
        this.messages = messages;
    }

    /**
     * A page of dead letters.
     *
     * @param next cursor of the next page; null on the last one
     * @param problem why there is no list; empty if there is
     */
    record Letters(List<DeadLetterRow> items, @Nullable String next, String problem) {}

    /**
     * Groups of dead letters, the largest first.
     *
     * @param whole whether all dead letters were counted
     * @param problem why there are no groups; empty if there are
     */
    record Grouped(List<DeadLetterGroup> items, long total, boolean whole, String problem) {}

    Letters list(DeadLetterFilter filter, String cursor, View view) {
        UUID deal = deal(filter);
        if (isUnknown(filter, deal)) {
            return new Letters(List.of(), null, view.text("messages.no_such_deal", filter.deal()));
        }
        RoleAnswer answer = roles.get(
                RoleName.ROUTER,
                filter.toRouter(deal).with("cursor", cursor).with("limit", PAGE).on("/dead-letters"));
        JsonNode page = answer.body().path("page");
        boolean answers = view.may(Right.OPERATOR);
        return new Letters(
                page.path("items")
                        .valueStream()
                        .map(letter -> DeadLetterRow.read(letter, answers))
                        .toList(),
                JsonField.optional(page, "next"),
                answer.problem());
    }

    /** Counts all dead letters that fit, by what they have in common. */
    Grouped groups(DeadLetterFilter filter, View view) {
        UUID deal = deal(filter);
        if (isUnknown(filter, deal)) {
            return new Grouped(List.of(), 0, true, view.text("messages.no_such_deal", filter.deal()));
        }
        Map<String, DeadLetterGroup> found = new LinkedHashMap<>();
        String before = "";
        String problem = "";
        for (int part = 0; part < MOST_PARTS; part++) {
            RoleAnswer answer = roles.get(
                    RoleName.ROUTER,
                    filter.toRouter(deal).with("before_message_id", before).on("/dead-letters/groups"));
            problem = answer.problem();
            for (JsonNode item : answer.body().path("items")) {
                DeadLetterGroup group = DeadLetterGroup.read(item);
                found.merge(group.key(), group, DeadLetterGroup::with);
            }
            JsonNode next = answer.body().path("next");
            before = next.isIntegralNumber() ? Long.toString(next.longValue()) : "";
            if (before.isEmpty()) {
                break;
            }
        }
        List<DeadLetterGroup> items = found.values().stream()
                .sorted(Comparator.comparingLong(DeadLetterGroup::count).reversed())
                .toList();
        long total = items.stream().mapToLong(DeadLetterGroup::count).sum();
        return new Grouped(items, total, before.isEmpty() && problem.isEmpty(), problem);
    }

    /**
     * What the router would do.
     *
     * @param action redrive or discard
     */
    RoleAnswer tryOut(String action, DeadLetterFilter filter, View view) {
        ObjectNode request = request(filter);
        request.put("dry_run", true);
        return change(action, request, view);
    }

    /**
     * Has it done.
     *
     * @param limit how many at most, so that no more is done than the person has seen counted
     */
    RoleAnswer decide(String action, DeadLetterFilter filter, String reason, long limit, View view) {
        ObjectNode request = request(filter);
        request.put("reason", reason);
        request.put("limit", Math.min(limit, 1_000_000));
        return change(action, request, view);
    }

    private RoleAnswer change(String action, ObjectNode request, View view) {
        String person = view.person() == null ? "" : view.person().name();
        return roles.change(RoleName.ROUTER, "POST", "/dead-letters/" + action, request.toString(), person);
    }

    private ObjectNode request(DeadLetterFilter filter) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        if (filter.isAll()) {
            request.put("all", true);
        } else {
            request.set("selection", filter.selection(deal(filter)));
        }
        return request;
    }

    private @Nullable UUID deal(DeadLetterFilter filter) {
        return filter.deal().isEmpty() ? null : messages.dealId(filter.deal()).orElse(null);
    }

    /** A deal that is not known must not widen a filter. */
    boolean isUnknown(DeadLetterFilter filter) {
        return isUnknown(filter, deal(filter));
    }

    private static boolean isUnknown(DeadLetterFilter filter, @Nullable UUID deal) {
        return !filter.deal().isEmpty() && deal == null;
    }
}
