package io.masterdeal.console.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The stages of the rule set in use and what people call them, as the service tells; asked again after a minute. Thread-safe. */
public final class RuleSetInUse {

    private static final Duration VALID_FOR = Duration.ofMinutes(1);

    private final Roles roles;
    private final Clock clock;
    private volatile Known known = new Known(Instant.EPOCH, List.of(), Map.of());

    /**
     * @param roles asks the service
     * @param clock tells when to ask again
     */
    public RuleSetInUse(Roles roles, Clock clock) {
        this.roles = roles;
        this.clock = clock;
    }

    /** Titles by {@code LANGUAGE stage} and {@code LANGUAGE kind status}. */
    private record Known(Instant askedAt, List<String> stages, Map<String, String> titles) {}

    /** The stages from first to last; empty while the service has not told them. */
    public List<String> stages() {
        return fresh().stages();
    }

    /**
     * What people call a stage.
     *
     * @param language {@code en} or {@code ru}
     * @return the code of the stage if it has no title
     */
    public String stage(String language, String stage) {
        return fresh().titles().getOrDefault(language + " " + stage, stage);
    }

    /**
     * What people call a status.
     *
     * @param language {@code en} or {@code ru}
     * @param kind of the object, such as {@code crm:deal}
     * @return the status itself if it has no title
     */
    public String status(String language, String kind, String status) {
        return fresh().titles().getOrDefault(language + " " + kind + " " + status, status);
    }

    private Known fresh() {
        Known last = known;
        Instant now = clock.instant();
        if (last.askedAt().plus(VALID_FOR).isAfter(now)) {
            return last;
        }
        // Others use what was known before while one asks, also if the service is away.
        known = new Known(now, last.stages(), last.titles());
        RoleAnswer answer = roles.get(RoleName.SERVICE, "/rules");
        if (answer.isOk()) {
            known = read(answer.body(), now);
        }
        return known;
    }

    private static Known read(JsonNode rules, Instant now) {
        List<String> stages = new ArrayList<>();
        Map<String, String> titles = new HashMap<>();
        for (JsonNode stage : rules.path("stages")) {
            String name = stage.path("stage").asString("");
            stages.add(name);
            stage.path("titles")
                    .properties()
                    .forEach(title -> titles.put(
                            title.getKey() + " " + name, title.getValue().asString("")));
        }
        for (JsonNode kind : rules.path("kinds")) {
            for (JsonNode status : kind.path("statuses")) {
                String of = kind.path("kind").asString("") + " "
                        + status.path("status").asString("");
                status.path("titles")
                        .properties()
                        .forEach(title -> titles.put(
                                title.getKey() + " " + of, title.getValue().asString("")));
            }
        }
        return new Known(now, List.copyOf(stages), Map.copyOf(titles));
    }
}
