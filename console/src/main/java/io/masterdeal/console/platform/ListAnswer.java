package io.masterdeal.console.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A page of a list as a role answered.
 *
 * @param role who was asked
 * @param items empty if there are none, or it did not answer
 * @param next the cursor to go on with; empty on the last page
 * @param problem why it is not what was asked for, as the role says it; empty if it is
 */
public record ListAnswer(RoleName role, List<JsonNode> items, String next, String problem) {

    /** Reads an answer that has {@code items}. */
    public static ListAnswer of(RoleName role, RoleAnswer answer) {
        List<JsonNode> items = new ArrayList<>();
        if (answer.isOk()) {
            answer.body().path("items").forEach(items::add);
        }
        return new ListAnswer(
                role,
                List.copyOf(items),
                answer.isOk() ? answer.body().path("next").asString("") : "",
                answer.problem());
    }

    /** The same with only some of its items: a page that may be short although more follow. */
    public ListAnswer only(Predicate<JsonNode> wanted) {
        return new ListAnswer(role, items.stream().filter(wanted).toList(), next, problem);
    }

    /** Whether more follow. */
    public boolean hasMore() {
        return !next.isEmpty();
    }
}
