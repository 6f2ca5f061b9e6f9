package io.masterdeal.app.replay.mapping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A regular expression that a whole case id has to match, and the names of its groups in templates. */
record CasePattern(Pattern regex, List<String> names) {

    CasePattern {
        names = List.copyOf(names);
    }

    /**
     * The texts of the groups in the order of their names; a group that did not match is empty. Null if the case id does
     * not match.
     */
    String @Nullable [] groupsOf(String caseId) {
        Matcher found = regex.matcher(caseId);
        if (!found.matches()) {
            return null;
        }
        String[] groups = new String[names.size()];
        for (int i = 0; i < groups.length; i++) {
            String text = found.group(i + 1);
            groups[i] = text == null ? "" : text;
        }
        return groups;
    }
}
