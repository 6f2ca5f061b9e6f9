package io.masterdeal.rulesets;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.RuleSetException;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import io.masterdeal.rulesets.yaml.YamlDocument;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The bundled rule sets, and those of a file. */
public final class RuleSets {

    /** The names of the bundled ones (spec, "how we read it"). */
    public static final List<String> BUNDLED = List.of("default", "strict-table", "strict-pipeline");

    private RuleSets() {}

    /**
     * A rule set by name or file.
     *
     * @param nameOrFile the name of a bundled rule set, or the path of a YAML file
     * @throws InvalidRuleSetException if there is none, or it is invalid; says file, line and reason
     */
    public static RuleSet load(String nameOrFile) {
        return loadFile(nameOrFile).rules();
    }

    /**
     * A rule set by name or file, with its text and its titles.
     *
     * @param nameOrFile as for {@link #load}
     * @throws InvalidRuleSetException as {@link #load} does
     */
    public static RuleSetFile loadFile(String nameOrFile) {
        return read(BUNDLED.contains(nameOrFile) ? nameOrFile + ".yaml" : nameOrFile, text(nameOrFile));
    }

    /**
     * Differs between any two rule sets that may give different answers: name, version and a hash of the meaning. Comments do not
     * count.
     *
     * @param nameOrFile as for {@link #load}
     */
    public static String identity(String nameOrFile) {
        return load(nameOrFile).identity();
    }

    private static String text(String nameOrFile) {
        if (BUNDLED.contains(nameOrFile)) {
            String resource = "/masterdeal/rules/" + nameOrFile + ".yaml";
            try (InputStream stream = RuleSets.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException("the distribution lacks " + resource);
                }
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new InvalidRuleSetException("cannot read " + resource, e);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InvalidRuleSetException(
                    nameOrFile, 1, "there is no such rule set: neither a file nor one of " + BUNDLED);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidRuleSetException("cannot read the rule set " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a rule set.
     *
     * @param file what to call the text in errors
     * @param yaml the text
     */
    public static RuleSet parse(String file, String yaml) {
        return read(file, yaml).rules();
    }

    /**
     * Reads a rule set and its titles.
     *
     * @param file what to call the text in errors
     * @param yaml the text
     * @throws InvalidRuleSetException if it is invalid; says file, line and reason
     */
    public static RuleSetFile read(String file, String yaml) {
        Part document = YamlDocument.parse(file, yaml, InvalidRuleSetException::new);
        Map<String, Part> fields = document.fields(Set.of("name", "version", "kinds", "stages", "titles"));
        RuleSet rules = rules(document, fields);
        Part titles = fields.get("titles");
        return new RuleSetFile(yaml, rules, titles == null ? Titles.NONE : new TitleReader(rules).read(titles));
    }

    private static RuleSet rules(Part document, Map<String, Part> fields) {
        Map<ObjectKind, StatusModel> kinds = new LinkedHashMap<>();
        document.field(fields, "kinds").fields(Set.of()).forEach((name, part) -> {
            Part named = YamlDocument.find(document, name);
            kinds.put(named.kind(), statuses(part));
        });
        List<Stage> stages = new ArrayList<>();
        Map<String, Part> places = new HashMap<>();
        for (Part part : document.field(fields, "stages").items()) {
            Map<String, Part> stage = part.fields(Set.of("stage", "when"));
            String name = part.field(stage, "stage").text();
            stages.add(new Stage(name, condition(part.field(stage, "when"))));
            places.put(name, part);
        }
        try {
            return new RuleSet(
                    document.field(fields, "name").text(),
                    document.field(fields, "version").number(),
                    kinds,
                    stages);
        } catch (RuleSetException e) {
            Part place = places.getOrDefault(e.stage(), document);
            throw YamlDocument.find(place, e.offending()).wrong(String.valueOf(e.getMessage()));
        }
    }

    private static StatusModel statuses(Part part) {
        Map<String, Part> fields = part.fields(Set.of("order", "dead", "outcomes", "aside"));
        Map<String, Outcome> outcomes = new HashMap<>();
        if (fields.containsKey("outcomes")) {
            part.field(fields, "outcomes")
                    .fields(Set.of())
                    .forEach((status, outcome) -> outcomes.put(status, outcome(outcome)));
        }
        try {
            return new StatusModel(
                    fields.containsKey("order") ? part.field(fields, "order").texts() : List.of(),
                    set(part, fields, "dead"),
                    outcomes,
                    set(part, fields, "aside"));
        } catch (IllegalArgumentException e) {
            throw part.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Set<String> set(Part part, Map<String, Part> fields, String name) {
        return fields.containsKey(name) ? new HashSet<>(part.field(fields, name).texts()) : Set.of();
    }

    private static Outcome outcome(Part part) {
        return switch (part.text().toLowerCase(Locale.ROOT)) {
            case "lost" -> Outcome.LOST;
            case "cancelled" -> Outcome.CANCELLED;
            default -> throw part.wrong("an outcome is 'lost' or 'cancelled', not '" + part.text() + "'");
        };
    }

    private static Condition condition(Part part) {
        Map<String, Part> words = part.fields(Set.of("all", "any", "ever", "some", "every", "for"));
        if (words.size() != 1) {
            throw part.wrong("a condition is exactly one of all, any, ever, some, every, for");
        }
        Map.Entry<String, Part> word = words.entrySet().iterator().next();
        Part body = word.getValue();
        return switch (word.getKey()) {
            case "all" ->
                new Condition.All(body.items().stream().map(RuleSets::condition).toList());
            case "any" ->
                new Condition.Any(body.items().stream().map(RuleSets::condition).toList());
            case "ever" -> ever(body);
            case "some" -> {
                Map<String, Part> fields = body.fields(Set.of("kind", "reached"));
                yield new Condition.Some(
                        body.field(fields, "kind").kind(),
                        body.field(fields, "reached").text());
            }
            case "every" -> {
                Map<String, Part> fields = body.fields(Set.of("kind", "among", "reached"));
                yield new Condition.Every(
                        body.field(fields, "kind").kind(),
                        body.field(fields, "among").text(),
                        body.field(fields, "reached").text());
            }
            default -> {
                Map<String, Part> fields = body.fields(Set.of("kind", "reached", "bearing", "every"));
                yield new Condition.For(
                        body.field(fields, "kind").kind(),
                        body.field(fields, "reached").text(),
                        body.field(fields, "bearing").kind(),
                        body.field(fields, "every").text());
            }
        };
    }

    private static Condition ever(Part body) {
        Map<String, Part> fields = body.fields(Set.of("is", "reached"));
        if (fields.size() != 1) {
            throw body.wrong("'ever' takes exactly one of 'is' (that status itself) and 'reached' (it or a later one)");
        }
        boolean orLater = fields.containsKey("reached");
        return new Condition.Ever(body.field(fields, orLater ? "reached" : "is").text(), orLater);
    }
}
