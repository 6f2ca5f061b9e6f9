package io.masterdeal.app.replay.mapping;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the two fields of a source that have their own notation: {@code case_pattern} and {@code zone}. */
final class CaseFields {

    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{2}:\\d{2}");

    private CaseFields() {}

    static CasePattern pattern(LocatedJson at) {
        at.objectOf("regex", "names");
        LocatedJson regexAt = at.required("regex");
        Pattern regex;
        try {
            // By the mapping format \w, \d and \b match all letters and digits, and only \n ends a line for ".".
            regex = Pattern.compile(regexAt.text(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw regexAt.error(
                    "not a regular expression: " + e.getDescription() + " at character " + e.getIndex() + ".",
                    "Fix it there; groups are named in \"names\", not in the expression.");
        }
        List<String> names = new ArrayList<>();
        for (LocatedJson name : at.required("names").items()) {
            names.add(checked(name, names));
        }
        int groups = regex.matcher("").groupCount();
        if (groups != names.size()) {
            throw at.required("names")
                    .error(
                            names.size() + " names for " + groups + " groups of the regular expression.",
                            "Name each group; write (?: ) for one that needs no name.");
        }
        return new CasePattern(regex, names);
    }

    private static String checked(LocatedJson at, List<String> before) {
        String name = at.text();
        if (before.contains(name)) {
            throw at.error("a second group \"" + name + "\".", "Give each group a name of its own.");
        }
        if (name.isEmpty() || name.contains("{") || name.contains("}") || name.matches("(case|event|count)\\..*")) {
            throw at.error("\"" + name + "\" cannot be used in a template.", "Choose a name like \"year\".");
        }
        return name;
    }

    static ZoneOffset zone(@Nullable LocatedJson at) {
        if (at == null || at.text().equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            if (OFFSET.matcher(at.text()).matches()) {
                return ZoneOffset.of(at.text());
            }
        } catch (DateTimeException e) {
            // Reported below: an offset beyond 18 hours or with more than 59 minutes.
        }
        throw at.error("\"" + at.text() + "\" is not an offset.", "Write \"UTC\" or an offset such as \"+03:00\".");
    }
}
