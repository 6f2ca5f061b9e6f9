package io.masterdeal.console.audit;

import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.RoleName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operators did in all roles, the latest first.
 *
 * @param entries of this page
 * @param before where the next page ends, an instant; empty on the last one
 * @param problems of the roles that did not answer
 */
public record AuditTrail(List<AuditEntry> entries, String before, Map<RoleName, String> problems) {

    /**
     * Merges a page of each role by time. What one role tells beyond the point to which another has told is left to the next page.
     *
     * @param pages of each role, the latest first
     */
    static AuditTrail of(List<ListAnswer> pages) {
        List<AuditEntry> all = new ArrayList<>();
        Map<RoleName, String> problems = new LinkedHashMap<>();
        Instant told = null;
        for (ListAnswer page : pages) {
            if (!page.problem().isEmpty()) {
                problems.put(page.role(), page.problem());
            }
            List<AuditEntry> entries = page.items().stream()
                    .map(it -> AuditEntry.of(page.role(), it))
                    .toList();
            all.addAll(entries);
            if (page.hasMore() && !entries.isEmpty()) {
                Instant last = entries.getLast().at();
                told = told == null || last.isAfter(told) ? last : told;
            }
        }
        all.sort(Comparator.comparing(AuditEntry::at).reversed());
        if (told == null) {
            return new AuditTrail(List.copyOf(all), "", problems);
        }
        Instant end = told;
        // Times are told in milliseconds and kept more finely: the whole last millisecond belongs to the next page.
        List<AuditEntry> shown =
                all.stream().filter(entry -> entry.at().isAfter(end)).toList();
        return shown.isEmpty()
                ? new AuditTrail(
                        all.stream().filter(entry -> !entry.at().isBefore(end)).toList(), end.toString(), problems)
                : new AuditTrail(shown, end.plus(Duration.ofMillis(1)).toString(), problems);
    }
}
