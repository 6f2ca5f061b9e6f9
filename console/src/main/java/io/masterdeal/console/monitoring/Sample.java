package io.masterdeal.console.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How all processes were at one instant. Immutable.
 *
 * @param at when they were asked, UTC
 * @param processes in the order of the setting
 * @param kafka whether a broker took a connection of the console
 */
public record Sample(Instant at, List<ProcessSample> processes, boolean kafka) {
    /** The processes of a role. */
    public List<ProcessSample> of(String role) {
        return processes.stream()
                .filter(each -> each.process().role().equals(role))
                .toList();
    }

    /** Whether any process of a role answered. */
    public boolean isUp(String role) {
        return of(role).stream().anyMatch(ProcessSample::isUp);
    }

    /** What the first process of a role that answered to a path said: for what is the same in all of them. */
    public JsonNode answer(String role, String path) {
        Optional<JsonNode> first = of(role).stream()
                .map(each -> each.answers().get(path))
                .filter(java.util.Objects::nonNull)
                .findFirst();
        return first.orElseGet(() -> JsonMapper.shared().createObjectNode());
    }

    Sample forHistory() {
        return new Sample(at, processes.stream().map(ProcessSample::forHistory).toList(), kafka);
    }
}
