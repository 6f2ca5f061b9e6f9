package io.masterdeal.service.orphans;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orphans as comma-separated values (RFC 4180), for a spreadsheet. */
final class OrphanCsv {

    private static final String NAMES =
            "object,system,kind,reason,parent,facts,waiting_since,age_seconds,dismissed\r\n";

    private OrphanCsv() {}

    static String of(List<OrphanView> orphans) {
        StringBuilder text = new StringBuilder(NAMES);
        for (OrphanView each : orphans) {
            text.append(cell(each.object())).append(',').append(each.system()).append(',');
            text.append(each.kind()).append(',').append(each.reason()).append(',');
            text.append(cell(each.parent())).append(',').append(each.facts()).append(',');
            text.append(each.waitingSince())
                    .append(',')
                    .append(each.ageSeconds())
                    .append(',');
            text.append(each.dismissed()).append("\r\n");
        }
        return text.toString();
    }

    /** In quotes if it has to be. No key begins with what a spreadsheet takes for a formula: its first letter is a-z. */
    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
