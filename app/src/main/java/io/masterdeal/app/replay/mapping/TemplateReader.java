package io.masterdeal.app.replay.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the templates of a source, and collects what they need of a case, so that only that is kept. Braces without a
 * name, as in <code>{}</code>, are plain text.
 */
final class TemplateReader {

    private static final Pattern NAME = Pattern.compile("\\{([^{}]+)}");

    private final List<String> groups;
    private final List<String> counted = new ArrayList<>();
    private final List<String> caseAttributes = new ArrayList<>();

    /** Creates the reader for a source whose case pattern names these groups. */
    TemplateReader(List<String> groups) {
        this.groups = List.copyOf(groups);
    }

    Template read(LocatedJson at) {
        String text = at.text();
        List<Template.Part> parts = new ArrayList<>();
        Matcher name = NAME.matcher(text);
        int from = 0;
        while (name.find()) {
            if (name.start() > from) {
                parts.add(new Template.Literal(text.substring(from, name.start())));
            }
            parts.add(part(name.group(1), at));
            from = name.end();
        }
        if (from < text.length() || parts.isEmpty()) {
            parts.add(new Template.Literal(text.substring(from)));
        }
        return new Template(text, parts);
    }

    /** A template for a whole number: its plain text has to be digits. */
    Template readNumber(LocatedJson at) {
        Template template = read(at);
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Literal literal && !isDigits(literal.text())) {
                throw at.error(
                        "\"" + template + "\" cannot give a whole number.",
                        "A sequence is a whole number from 0 to 9223372036854775807, such as \"{index}\".");
            }
        }
        return template;
    }

    Source.Remembered remembered() {
        return new Source.Remembered(counted, caseAttributes);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Template.Part part(String name, LocatedJson at) {
        // A group may have the name of something built in, and then replaces it: the mapping chooses its names.
        int group = groups.indexOf(name);
        if (group >= 0) {
            return new Template.Group(group);
        }
        if (name.startsWith("event.")) {
            return new Template.EventAttribute(name.substring("event.".length()));
        }
        if (name.startsWith("case.")) {
            return new Template.CaseAttribute(slot(caseAttributes, name.substring("case.".length())));
        }
        if (name.startsWith("count.")) {
            return new Template.Count(slot(counted, name.substring("count.".length())));
        }
        return switch (name) {
            case "case" -> new Template.CaseId();
            case "index" -> new Template.Index();
            case "activity" -> new Template.Activity();
            default ->
                throw at.error(
                        "{" + name + "} is not known.",
                        "Known are {case}, {index}, {activity}, {case.NAME}, {event.NAME}, {count.ACTIVITY}"
                                + (groups.isEmpty()
                                        ? "; a case_pattern would add the names of its groups."
                                        : " and the groups of case_pattern: " + String.join(", ", groups) + "."));
        };
    }

    private static int slot(List<String> names, String name) {
        int slot = names.indexOf(name);
        if (slot < 0) {
            names.add(name);
            return names.size() - 1;
        }
        return slot;
    }
}
