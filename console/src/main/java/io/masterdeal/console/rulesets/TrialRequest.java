package io.masterdeal.console.rulesets;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person wants to try. Empty texts say nothing.
 *
 * @param name of a bundled rule set; counts only without {@code rules}
 * @param rules the text of a rule set file
 * @param stage only deals that are in this one now
 * @param outcome only deals that have this one now
 */
public record TrialRequest(String name, String rules, String stage, String outcome) {
    /** Nothing yet. */
    public static final TrialRequest EMPTY = new TrialRequest("", "", "", "");

    /** The rule sets that come with the service. */
    public static final List<String> BUNDLED = List.of("default", "strict-table", "strict-pipeline");

    /** The outcomes of deals. */
    public static final List<String> OUTCOMES = List.of("open", "won", "lost", "cancelled");

    String json() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (!rules.isBlank()) {
            // Browsers send the ends of lines as CR LF.
            body.put("rules", rules.replace("\r\n", "\n"));
        } else if (!name.isEmpty()) {
            body.put("name", name);
        }
        if (!stage.isEmpty()) {
            body.put("stage", stage);
        }
        if (!outcome.isEmpty()) {
            body.put("outcome", outcome);
        }
        return body.toString();
    }
}
