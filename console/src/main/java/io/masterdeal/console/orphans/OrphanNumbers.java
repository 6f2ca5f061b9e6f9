package io.masterdeal.console.orphans;

import io.masterdeal.console.platform.RoleAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How many orphans there are, without those put aside.
 *
 * @param bySystem by system, then by reason
 * @param dismissed how many are put aside
 */
public record OrphanNumbers(Map<String, Map<String, Long>> bySystem, long dismissed) {

    static OrphanNumbers of(RoleAnswer answer) {
        Map<String, Map<String, Long>> bySystem = new TreeMap<>();
        long dismissed = 0;
        for (JsonNode line : answer.body().path("items")) {
            long aside = line.path("dismissed").asLong(0);
            dismissed += aside;
            bySystem.computeIfAbsent(line.path("system").asString(""), _ -> new HashMap<>())
                    .merge(
                            line.path("reason").asString(""),
                            line.path("orphans").asLong(0) - aside,
                            Long::sum);
        }
        return new OrphanNumbers(bySystem, dismissed);
    }

    /** How many a system has for a reason. */
    public long of(String system, String reason) {
        return bySystem.getOrDefault(system, Map.of()).getOrDefault(reason, 0L);
    }

    /** How many a system has. */
    public long of(String system) {
        return bySystem.getOrDefault(system, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many have a reason. */
    public long because(String reason) {
        return bySystem.keySet().stream()
                .mapToLong(system -> of(system, reason))
                .sum();
    }

    /** How many there are. */
    public long all() {
        return bySystem.keySet().stream().mapToLong(this::of).sum();
    }

    /** The systems that have any. */
    public List<String> systems() {
        return List.copyOf(bySystem.keySet());
    }
}
