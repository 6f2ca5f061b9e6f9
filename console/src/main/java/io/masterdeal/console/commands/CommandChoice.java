package io.masterdeal.console.commands;

import io.masterdeal.console.platform.QueryPath;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which commands a page shows. Empty texts choose nothing.
 *
 * @param state one of {@link #STATES}
 * @param deal its id, or the key of any of its objects
 * @param reaction the name of the reaction that asks
 * @param reason why it is suppressed or failed
 * @param cursor where the page begins
 */
public record CommandChoice(String state, String deal, String reaction, String reason, String cursor) {
    /** The states of a command. */
    public static final List<String> STATES = List.of("pending", "failed", "suppressed", "done");

    static CommandChoice of(Map<String, String> given) {
        return new CommandChoice(
                given.getOrDefault("state", ""),
                given.getOrDefault("deal", "").strip(),
                given.getOrDefault("reaction", "").strip(),
                given.getOrDefault("why", "").strip(),
                given.getOrDefault("cursor", ""));
    }

    /** The request to the service, which knows states and deals only. */
    String request(int limit) {
        return QueryPath.of("/effects")
                .with("state", state)
                .with("deal", deal)
                .with("cursor", cursor)
                .with("limit", Integer.toString(limit))
                .toString();
    }

    /** Whether a command of the service's list is meant. */
    boolean wants(JsonNode effect) {
        return (reaction.isEmpty() || effect.path("reaction").asString("").equals(reaction))
                && (reason.isEmpty() || effect.path("reason").asString("").equals(reason));
    }

    /** Whether the service's list has others too. */
    boolean isNarrower() {
        return !reaction.isEmpty() || !reason.isEmpty();
    }

    private QueryPath filter(String path) {
        return QueryPath.of(path)
                .with("state", state)
                .with("deal", deal)
                .with("reaction", reaction)
                .with("why", reason);
    }

    /** The same from another place on. */
    CommandChoice from(String next) {
        return new CommandChoice(state, deal, reaction, reason, next);
    }

    /** The address of the list from another place on. */
    public String link(String next) {
        return filter("/commands").with("cursor", next).toString();
    }

    /** The address of the list with another state. */
    public String inState(String other) {
        return new CommandChoice(other, deal, reaction, reason, "").link("");
    }

    /** The address of the same as a table for a spreadsheet. */
    public String csv() {
        return filter("/commands.csv").toString();
    }

    /** The selection that the service takes for a decision: never a command that is pending or done. */
    ObjectNode selection(String dealId) {
        ObjectNode selection = JsonMapper.shared().createObjectNode();
        if (state.equals("suppressed")) {
            selection.put("state", state);
        }
        if (!reaction.isEmpty()) {
            selection.put("reaction", reaction);
        }
        if (!dealId.isEmpty()) {
            selection.put("master_deal_id", dealId);
        }
        if (!reason.isEmpty()) {
            selection.put("reason", reason);
        }
        return selection;
    }
}
