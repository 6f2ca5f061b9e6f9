package io.masterdeal.console.monitoring;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a process was when it was asked. Immutable.
 *
 * @param process which
 * @param problem why it did not answer; empty if it did
 * @param status of its health, such as UP; empty if it did not answer
 * @param ready whether it was ready
 * @param components status by component of its health
 * @param metrics the watched series, and figures of its answers
 * @param answers what it answered, by path; only of the newest sample
 */
public record ProcessSample(
        ProcessAddress process,
        String problem,
        String status,
        boolean ready,
        Map<String, String> components,
        Map<Metric, Double> metrics,
        Map<String, JsonNode> answers) {

    /** Whether it answered. */
    public boolean isUp() {
        return problem.isEmpty();
    }

    /** What it answered to a path; an object without fields if there was no answer. */
    public JsonNode answer(String path) {
        JsonNode answer = answers.get(path);
        return answer == null ? JsonMapper.shared().createObjectNode() : answer;
    }

    /** The same as it is kept for the past hour. */
    ProcessSample forHistory() {
        return new ProcessSample(process, problem, status, ready, components, metrics, Map.of());
    }
}
