package io.masterdeal.rulesets.sla;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.sla.SlaCondition;
import io.masterdeal.model.sla.StatusTest;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a condition of a policy: an object of exactly one word. */
final class ConditionReader {

    private static final Set<String> WORDS = Set.of(
            "stage", "holds", "outcome", "ever", "some", "every", "this", "attribute", "started", "all", "any", "not");

    private static final Map<String, Outcome> OUTCOMES = outcomes();

    private ConditionReader() {}

    private static Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Outcome each : Outcome.values()) {
            outcomes.put(each.name().toLowerCase(Locale.ROOT), each);
        }
        return outcomes;
    }

    static SlaCondition read(Part part) {
        Map<String, Part> words = part.fields(WORDS);
        if (words.size() != 1) {
            throw part.wrong("a condition has exactly one word of "
                    + WORDS.stream().sorted().toList());
        }
        Map.Entry<String, Part> word = words.entrySet().iterator().next();
        Part body = word.getValue();
        return switch (word.getKey()) {
            case "all" -> new SlaCondition.All(parts(body));
            case "any" -> new SlaCondition.Any(parts(body));
            case "not" -> new SlaCondition.Not(read(body));
            case "holds" -> new SlaCondition.Holds(body.string());
            case "stage" -> stage(body);
            case "outcome" -> outcome(body);
            case "ever" -> new SlaCondition.Ever(test(body, Set.of("reached", "is")));
            case "some" -> some(body);
            case "every" -> every(body);
            case "this" -> new SlaCondition.This(test(body, Set.of("reached", "is")));
            case "attribute" -> attribute(body);
            default -> started(body);
        };
    }

    private static List<SlaCondition> parts(Part part) {
        List<Part> items = part.items();
        if (items.isEmpty()) {
            throw part.wrong("at least one condition is needed here");
        }
        return items.stream().map(ConditionReader::read).toList();
    }

    private static SlaCondition stage(Part part) {
        Map<String, Part> fields = one(part, Set.of("reached", "is"), "reached", "is");
        return fields.containsKey("is")
                ? new SlaCondition.StageIs(texts(part.field(fields, "is")))
                : new SlaCondition.StageReached(part.field(fields, "reached").string());
    }

    private static SlaCondition outcome(Part part) {
        Map<String, Part> fields = part.fields(Set.of("is"));
        Part is = part.field(fields, "is");
        Set<Outcome> outcomes = new HashSet<>();
        for (String text : texts(is)) {
            Outcome outcome = OUTCOMES.get(text);
            if (outcome == null) {
                throw is.wrong("'" + text + "' is no outcome; they are " + OUTCOMES.keySet());
            }
            outcomes.add(outcome);
        }
        return new SlaCondition.OutcomeIs(outcomes);
    }

    private static SlaCondition some(Part part) {
        Map<String, Part> fields = part.fields(Set.of("kind", "reached", "is"));
        ObjectKind kind = part.field(fields, "kind").kind();
        return new SlaCondition.Some(kind, test(part, Set.of("kind", "reached", "is")));
    }

    private static SlaCondition every(Part part) {
        Map<String, Part> fields = part.fields(Set.of("kind", "among", "reached"));
        return new SlaCondition.Every(
                part.field(fields, "kind").kind(),
                part.field(fields, "among").string(),
                part.field(fields, "reached").string());
    }

    private static SlaCondition attribute(Part part) {
        Map<String, Part> fields = one(part, Set.of("name", "is", "at_least"), "is", "at_least");
        String name = part.field(fields, "name").string();
        return fields.containsKey("is")
                ? new SlaCondition.AttributeIs(name, texts(part.field(fields, "is")))
                : new SlaCondition.AttributeAtLeast(
                        name, part.field(fields, "at_least").wholeNumber());
    }

    private static SlaCondition started(Part part) {
        Map<String, Part> fields = part.fields(Set.of("before"));
        return new SlaCondition.StartedBefore(instant(part.field(fields, "before")));
    }

    private static Instant instant(Part part) {
        String text = part.string();
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw part.wrong("'" + text + "' is no instant like 2026-01-01T00:00:00Z or 2026-01-01T03:00:00+03:00");
        }
        throw part.wrong("'" + text + "' is finer than a millisecond");
    }

    /** What is asked of a status, among other fields. */
    private static StatusTest test(Part part, Set<String> allowed) {
        Map<String, Part> fields = one(part, allowed, "reached", "is");
        return fields.containsKey("is")
                ? new StatusTest.Is(texts(part.field(fields, "is")))
                : new StatusTest.Reached(part.field(fields, "reached").string());
    }

    private static Map<String, Part> one(Part part, Set<String> allowed, String first, String second) {
        Map<String, Part> fields = part.fields(allowed);
        if (fields.containsKey(first) == fields.containsKey(second)) {
            throw part.wrong("exactly one of '" + first + "' and '" + second + "' is needed here");
        }
        return fields;
    }

    /** A text, or a list of texts that is not empty. */
    private static Set<String> texts(Part part) {
        if (!part.isList()) {
            return Set.of(part.string());
        }
        Set<String> texts = new HashSet<>();
        part.items().forEach(item -> texts.add(item.string()));
        if (texts.isEmpty()) {
            throw part.wrong("at least one text is needed here");
        }
        return texts;
    }
}
