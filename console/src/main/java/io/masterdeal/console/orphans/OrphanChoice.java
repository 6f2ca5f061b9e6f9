package io.masterdeal.console.orphans;

import io.masterdeal.console.platform.QueryPath;
import java.util.List;
import java.util.Map;

/**
 * Which orphans a page shows, as its address has it. Empty texts choose nothing.
 *
 * @param system owner of the object
 * @param kind such as {@code legal:case}
 * @param reason why it reaches no deal
 * @param olderThan a duration such as {@code P1D}
 * @param dismissed {@code false}, {@code true} or {@code all}
 * @param sort {@code age} or {@code key}
 * @param cursor where the page begins
 */
public record OrphanChoice(
        String system, String kind, String reason, String olderThan, String dismissed, String sort, String cursor) {
    /** The reasons in the order in which they are tested. */
    public static final List<String> REASONS =
            List.of("unknown_parent", "unknown_deal", "no_root", "link_retracted", "no_parent");

    /** The ages that can be chosen. */
    public static final List<String> AGES = List.of("PT1H", "PT12H", "P1D", "P7D", "P30D");

    static OrphanChoice of(Map<String, String> given) {
        String dismissed = given.getOrDefault("dismissed", "false");
        String sort = given.getOrDefault("sort", "age");
        return new OrphanChoice(
                given.getOrDefault("system", "").strip(),
                given.getOrDefault("kind", "").strip(),
                given.getOrDefault("reason", ""),
                given.getOrDefault("older_than", ""),
                dismissed,
                // By age there is an index for either, not for both together.
                dismissed.equals("all") ? "key" : sort,
                given.getOrDefault("cursor", ""));
    }

    private QueryPath filter(String path) {
        return QueryPath.of(path)
                .with("system", system)
                .with("kind", kind)
                .with("reason", reason)
                .with("older_than", olderThan)
                .with("dismissed", dismissed.equals("false") ? "" : dismissed);
    }

    /** The request to the service. */
    String request(int limit) {
        return filter("/orphans")
                .with("sort", sort)
                .with("cursor", cursor)
                .with("limit", "" + limit)
                .toString();
    }

    /** The same choice from another place on. */
    OrphanChoice from(String next) {
        return new OrphanChoice(system, kind, reason, olderThan, dismissed, sort, next);
    }

    /** The address of the list from another place on. */
    public String link(String next) {
        return filter("/orphans")
                .with("sort", sort.equals("age") ? "" : sort)
                .with("cursor", next)
                .toString();
    }

    /** The address of the same as a table for a spreadsheet. */
    public String csv() {
        return filter("/orphans.csv").with("sort", sort).toString();
    }

    /** The address of the list of a system and reason, with the rest of this choice. */
    public String cell(String ofSystem, String ofReason) {
        return new OrphanChoice(ofSystem, "", ofReason, olderThan, dismissed, sort, "").link("");
    }
}
