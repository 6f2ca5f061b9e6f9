package io.masterdeal.crash.workload;

import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report that a platform has to give: computed here from the events alone, by the model's own definition. */
public final class ExpectedReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ExpectedReport() {}

    /** The report, in the form of {@code replay --report}. */
    public static String of(Collection<Statement> statements, RuleSet rules) {
        Answers answers = new FactSet().addAll(statements).answer(rules);
        StringBuilder report = new StringBuilder();
        answers.deals().values().forEach(deal -> report.append(line(deal)).append('\n'));
        ObjectNode counts = JsonMapper.shared().createObjectNode();
        counts.putObject("summary")
                .put("conflicting_ids", answers.conflicts().size())
                .put("deals", answers.deals().size())
                .put("facts", answers.facts())
                .put(
                        "orphan_facts",
                        answers.orphans().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .put("orphans", answers.orphans().size());
        return report.append(counts).append('\n').toString();
    }

    private static ObjectNode line(Deal deal) {
        ObjectNode line = JsonMapper.shared().createObjectNode().put("facts", deal.facts());
        ArrayNode gaps = line.putArray("gaps");
        deal.gaps().forEach(gaps::add);
        line.put("outcome", deal.outcome().name().toLowerCase(Locale.ROOT));
        line.put("root", deal.root().value());
        line.put("stage", deal.stage());
        ArrayNode timeline = line.putArray("timeline");
        deal.timeline()
                .forEach(step -> timeline.addArray()
                        .add(step.stage())
                        .add(TIME.format(step.effectiveAt()))
                        .add(step.direction().name().toLowerCase(Locale.ROOT)));
        return line;
    }
}
