package io.masterdeal.console.commands;

import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator wants to be done with commands.
 *
 * @param action {@code release}, {@code skip} or {@code done}
 * @param choice which; only its filter counts
 * @param ids which of them; empty: all that the choice has
 */
public record CommandDecision(String action, CommandChoice choice, List<String> ids) {
    /** What can be done. */
    public static final List<String> ACTIONS = List.of("release", "skip", "done");

    /** How many the service does at once; more is done by and by. */
    public static final int AT_ONCE = 10_000;

    /** The most of one operation. */
    private static final int MOST = 1_000_000;

    /** Asks what it would do, which changes nothing. */
    RoleAnswer tried(Roles roles, String person) {
        return send(roles, body().put("dry_run", true), person);
    }

    /**
     * Does it.
     *
     * @param selected how many the trial said
     */
    RoleAnswer done(Roles roles, long selected, String reason, String person) {
        ObjectNode body = body().put("reason", reason);
        if (selected >= AT_ONCE) {
            body.put("limit", MOST);
        }
        return send(roles, body, person);
    }

    private RoleAnswer send(Roles roles, ObjectNode body, String person) {
        String deal = "";
        if (ids.isEmpty() && !choice.deal().isEmpty()) {
            RoleAnswer found = roles.get(
                    RoleName.SERVICE, "/masterdeal/" + io.masterdeal.console.platform.QueryPath.encoded(choice.deal()));
            deal = found.body().path("master_deal_id").asString("");
            if (deal.isEmpty()) {
                return found.isOk() ? new RoleAnswer(404, found.body(), "no such deal") : found;
            }
        }
        ObjectNode selection = choice.selection(deal);
        if (!ids.isEmpty()) {
            ArrayNode chosen = selection.putArray("ids");
            ids.forEach(chosen::add);
        }
        body.set("selection", selection);
        return roles.change(RoleName.SERVICE, "POST", "/effects/" + action, body.toString(), person);
    }

    /** The page has just shown that everything is meant. */
    private static ObjectNode body() {
        return JsonMapper.shared().createObjectNode().put("all", true);
    }
}
