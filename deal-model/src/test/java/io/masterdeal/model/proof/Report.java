package io.masterdeal.model.proof;

import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.Deal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.ObjectMapper;

/** Answers in canonical form: one JSON object per deal, keys sorted, no spaces, and a summary line. */
public final class Report {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    public static String of(Answers answers) {
        StringBuilder lines = new StringBuilder();
        answers.deals().values().forEach(deal -> lines.append(line(deal)).append('\n'));
        int waiting =
                answers.orphans().values().stream().mapToInt(Integer::intValue).sum();
        return lines.append("{\"summary\":{\"conflicting_ids\":%d,\"deals\":%d,\"facts\":%d,"
                        .formatted(answers.conflicts().size(), answers.deals().size(), answers.facts()))
                .append("\"orphan_facts\":%d,\"orphans\":%d}}\n"
                        .formatted(waiting, answers.orphans().size()))
                .toString();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String line(Deal deal) {
        String timeline = deal.timeline().stream()
                .map(step -> "[\"%s\",\"%s\",\"%s\"]"
                        .formatted(step.stage(), time(step.effectiveAt()), lower(step.direction())))
                .collect(Collectors.joining(",", "[", "]"));
        String gaps = deal.gaps().stream().map(it -> '"' + it + '"').collect(Collectors.joining(",", "[", "]"));
        return "{\"facts\":%d,\"gaps\":%s,\"outcome\":\"%s\",\"root\":%s,\"stage\":\"%s\",\"timeline\":%s}"
                .formatted(
                        deal.facts(),
                        gaps,
                        lower(deal.outcome()),
                        JSON.writeValueAsString(deal.root().value()),
                        deal.stage(),
                        timeline);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
