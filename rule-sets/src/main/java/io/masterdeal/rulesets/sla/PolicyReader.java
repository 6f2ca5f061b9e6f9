package io.masterdeal.rulesets.sla;

import io.masterdeal.model.sla.SlaCondition;
import io.masterdeal.model.sla.SlaEscalation;
import io.masterdeal.model.sla.SlaPolicy;
import io.masterdeal.model.sla.SlaPolicySet;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a file of policies. */
final class PolicyReader {

    private static final Set<String> WORDS = Set.of(
            "policy",
            "title",
            "escalation",
            "end_to_end",
            "per",
            "start",
            "pause",
            "stop",
            "cancel",
            "on_outcome",
            "reopen",
            "target",
            "calendar",
            "segments",
            "segment_at",
            "warn");

    /** Names of segments stand in an index and in every event. */
    private static final int LONGEST_NAME = 100;

    private static final int LONGEST_TITLE = 500;

    private PolicyReader() {}

    private static String bounded(Part part, int longest) {
        String text = part.string();
        if (text.length() > longest) {
            throw part.wrong("this has at most " + longest + " characters, not " + text.length());
        }
        return text;
    }

    static SlaPolicySet policies(Part document) {
        Map<String, Part> fields = document.fields(Set.of("name", "version", "title", "policies"));
        String name = document.field(fields, "name").string();
        int version = Math.toIntExact(document.field(fields, "version").wholeNumber());
        List<SlaPolicy> policies = new ArrayList<>();
        document.field(fields, "policies").items().forEach(item -> policies.add(policy(item)));
        return new SlaPolicySet(name, version, policies);
    }

    private static SlaPolicy policy(Part part) {
        Map<String, Part> fields = part.fields(WORDS);
        Part title = fields.get("title");
        Part per = fields.get("per");
        Part endToEnd = fields.get("end_to_end");
        SlaPolicy.Target target =
                new SlaPolicy.Target(DurationText.read(part.field(fields, "target")), calendar(fields, null));
        return new SlaPolicy(
                part.field(fields, "policy").string(),
                title == null ? null : bounded(title, LONGEST_TITLE),
                per == null ? null : per.kind(),
                cycle(part, fields),
                target,
                warnings(fields),
                oneOf(fields, "segment_at", SlaPolicy.SegmentAt.START),
                segments(fields, target),
                endToEnd != null && endToEnd.bool(),
                escalation(fields));
    }

    private static SlaPolicy.Cycle cycle(Part part, Map<String, Part> fields) {
        return new SlaPolicy.Cycle(
                ConditionReader.read(part.field(fields, "start")),
                condition(fields, "pause"),
                ConditionReader.read(part.field(fields, "stop")),
                condition(fields, "cancel"),
                oneOf(fields, "on_outcome", SlaPolicy.OnOutcome.CANCEL),
                oneOf(fields, "reopen", SlaPolicy.Reopen.NEW));
    }

    private static @Nullable SlaCondition condition(Map<String, Part> fields, String name) {
        Part part = fields.get(name);
        return part == null ? null : ConditionReader.read(part);
    }

    /** Absent is inherited, null is wall time. */
    private static @Nullable String calendar(Map<String, Part> fields, @Nullable String inherited) {
        Part part = fields.get("calendar");
        if (part == null) {
            return inherited;
        }
        return part.isNull() ? null : part.string();
    }

    private static List<Integer> warnings(Map<String, Part> fields) {
        Part part = fields.get("warn");
        if (part == null) {
            return List.of();
        }
        List<Integer> warnings = new ArrayList<>();
        for (Part item : part.items()) {
            long percent = item.wholeNumber();
            if (percent < 1 || percent > 1000 || (!warnings.isEmpty() && percent <= warnings.getLast())) {
                throw item.wrong("warnings are whole percents from 1 to 1000, rising");
            }
            warnings.add((int) percent);
        }
        return warnings;
    }

    private static List<SlaPolicy.Segment> segments(Map<String, Part> fields, SlaPolicy.Target inherited) {
        Part part = fields.get("segments");
        if (part == null) {
            return List.of();
        }
        List<SlaPolicy.Segment> segments = new ArrayList<>();
        for (Part item : part.items()) {
            Map<String, Part> own = item.fields(Set.of("name", "when", "target", "calendar"));
            Part target = own.get("target");
            Duration amount = target == null ? inherited.amount() : DurationText.read(target);
            segments.add(new SlaPolicy.Segment(
                    bounded(item.field(own, "name"), LONGEST_NAME),
                    condition(own, "when"),
                    new SlaPolicy.Target(amount, calendar(own, inherited.calendar()))));
        }
        return segments;
    }

    private static SlaEscalation escalation(Map<String, Part> fields) {
        Part part = fields.get("escalation");
        if (part == null) {
            return SlaEscalation.NONE;
        }
        Map<String, Part> own = part.fields(Set.of("owner", "at"));
        Part owner = own.get("owner");
        TreeMap<Integer, SlaEscalation.Step> warnings = new TreeMap<>();
        SlaEscalation.Step breach = null;
        Part at = own.get("at");
        if (at != null) {
            for (Map.Entry<String, Part> entry : at.fields(Set.of()).entrySet()) {
                SlaEscalation.Step step = step(entry.getValue());
                if (entry.getKey().equals("breach")) {
                    breach = step;
                } else if (entry.getKey().matches("[1-9][0-9]{0,3}")) {
                    warnings.put(Integer.valueOf(entry.getKey()), step);
                } else {
                    throw at.key(entry.getKey())
                            .wrong("a step is at 'breach' or at a warning's percent, not '" + entry.getKey() + "'");
                }
            }
        }
        return new SlaEscalation(owner == null ? null : bounded(owner, LONGEST_NAME), warnings, breach);
    }

    private static SlaEscalation.Step step(Part part) {
        Map<String, Part> fields = part.fields(Set.of("task", "page"));
        Part page = fields.get("page");
        return new SlaEscalation.Step(bounded(part.field(fields, "task"), LONGEST_TITLE), page != null && page.bool());
    }

    /** One of the values of an enum, in small letters. */
    private static <E extends Enum<E>> E oneOf(Map<String, Part> fields, String name, E standard) {
        Part part = fields.get(name);
        if (part == null) {
            return standard;
        }
        List<E> values = List.of(standard.getDeclaringClass().getEnumConstants());
        return values.stream()
                .filter(value -> word(value).equals(part.string()))
                .findFirst()
                .orElseThrow(() -> part.wrong("'" + name + "' is one of "
                        + values.stream().map(PolicyReader::word).toList() + ", not '"
                        + part.string() + "'"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
