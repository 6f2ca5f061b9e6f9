package io.masterdeal.model.rules;

import io.masterdeal.model.MeaningText;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Utf8Order;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The normal form of a rule set: exactly what affects an answer or appears in it. It excludes how the file was written (comments,
 * order of fields, quotes), kinds that no condition reads, and statuses listed only as {@code aside}.
 */
final class RuleSetMeaning {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:rule-set");

    private final MeaningText text = new MeaningText();

    private RuleSetMeaning() {}

    static UUID of(
            String name,
            int version,
            Map<ObjectKind, StatusModel> kinds,
            List<Stage> stages,
            Set<ObjectKind> kindsRead) {
        RuleSetMeaning meaning = new RuleSetMeaning();
        meaning.text.word("rule-set").word(name).word(Integer.toString(version));
        Map<String, StatusModel> sorted = new TreeMap<>(Utf8Order.INSTANCE);
        kinds.forEach((kind, model) -> {
            if (kindsRead.contains(kind)) {
                sorted.put(kind.value(), model);
            }
        });
        sorted.forEach(meaning::kind);
        for (Stage stage : stages) {
            meaning.text.word("stage").word(stage.name());
            meaning.condition(stage.when());
        }
        return meaning.text.id(NAMESPACE);
    }

    private void kind(String name, StatusModel model) {
        text.word("kind").word(name).words("order", model.order()).sorted("dead", model.dead());
        Map<String, String> outcomes = new TreeMap<>(Utf8Order.INSTANCE);
        model.outcomes().forEach((status, outcome) -> outcomes.put(status, outcome.name()));
        outcomes.forEach((status, outcome) -> text.word("outcome").word(status).word(outcome));
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.All all -> parts("all", all.of());
            case Condition.Any any -> parts("any", any.of());
            case Condition.Ever ever ->
                text.word(ever.orLater() ? "ever-reached" : "ever-is").word(ever.status());
            case Condition.Some some ->
                text.word("some").word(some.kind().value()).word(some.reached());
            case Condition.Every every ->
                text.word("every")
                        .word(every.kind().value())
                        .word(every.among())
                        .word(every.reached());
            case Condition.For pair ->
                text.word("for")
                        .word(pair.kind().value())
                        .word(pair.reached())
                        .word(pair.bearing().value())
                        .word(pair.every());
        }
    }

    /** Keeps the order, because an answer lists unmet conditions in it. */
    private void parts(String word, List<Condition> parts) {
        text.word(word).word(Integer.toString(parts.size()));
        parts.forEach(this::condition);
    }
}
