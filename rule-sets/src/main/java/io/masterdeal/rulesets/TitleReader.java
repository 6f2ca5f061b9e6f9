package io.masterdeal.rulesets;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the titles of a rule set: only what it has may have one. */
final class TitleReader {

    private static final Set<String> LANGUAGES = new TreeSet<>(Titles.LANGUAGES);

    private final RuleSet rules;

    TitleReader(RuleSet rules) {
        this.rules = rules;
    }

    Titles read(Part part) {
        Map<String, Part> fields = part.fields(new TreeSet<>(List.of("stages", "statuses")));
        Map<String, Map<String, String>> stages = new LinkedHashMap<>();
        Map<ObjectKind, Map<String, Map<String, String>>> statuses = new LinkedHashMap<>();
        if (fields.containsKey("stages")) {
            Part titled = part.field(fields, "stages");
            titled.fields(Set.of()).forEach((stage, titles) -> {
                if (rules.rank(stage) < 0) {
                    throw titled.key(stage)
                            .wrong("there is no stage '" + stage + "'; stages are "
                                    + rules.stages().stream().map(Stage::name).toList());
                }
                stages.put(stage, titles(titles));
            });
        }
        if (fields.containsKey("statuses")) {
            Part titled = part.field(fields, "statuses");
            titled.fields(Set.of()).forEach((name, ofKind) -> {
                ObjectKind kind = titled.key(name).kind();
                StatusModel model = rules.kinds().get(kind);
                if (model == null) {
                    throw titled.key(name).wrong("kind '" + kind + "' is not declared under 'kinds'");
                }
                statuses.put(kind, statuses(kind, model, ofKind));
            });
        }
        return new Titles(stages, statuses);
    }

    private static Map<String, Map<String, String>> statuses(ObjectKind kind, StatusModel model, Part titled) {
        Map<String, Map<String, String>> statuses = new LinkedHashMap<>();
        titled.fields(Set.of()).forEach((status, titles) -> {
            if (!model.lists(status)) {
                throw titled.key(status).wrong("status '" + status + "' is not listed for " + kind + " under 'kinds'");
            }
            statuses.put(status, titles(titles));
        });
        return Map.copyOf(statuses);
    }

    private static Map<String, String> titles(Part part) {
        Map<String, String> titles = new LinkedHashMap<>();
        part.fields(LANGUAGES).forEach((language, title) -> {
            String text = title.text();
            if (text.codePointCount(0, text.length()) > Titles.LONGEST) {
                throw title.wrong("a title has at most " + Titles.LONGEST + " characters, not "
                        + text.codePointCount(0, text.length()));
            }
            titles.put(language, text);
        });
        if (titles.isEmpty()) {
            throw part.wrong("a title in at least one language is expected here: " + LANGUAGES);
        }
        return Map.copyOf(titles);
    }
}
