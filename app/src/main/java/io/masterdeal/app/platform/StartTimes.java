package io.masterdeal.app.platform;

import io.masterdeal.local.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How long each step of a start took. */
final class StartTimes {

    private final long begun = System.nanoTime();

    private final List<String> steps = new ArrayList<>();

    /** Kafka starts in parallel with the other two, so the figures add up to more than the total. */
    void add(Map<Part, Duration> servers) {
        List<String> after = Stream.of(Part.POSTGRESQL, Part.REGISTRY)
                .filter(servers::containsKey)
                .map(part -> entry(part.title(), servers.getOrDefault(part, Duration.ZERO)))
                .toList();
        Duration kafka = servers.get(Part.KAFKA);
        List<String> branches = new ArrayList<>();
        if (kafka != null) {
            branches.add(entry(Part.KAFKA.title(), kafka));
        }
        if (!after.isEmpty()) {
            branches.add(String.join(" and ", after));
        }
        steps.add(String.join(" beside ", branches));
    }

    void add(String role, long begunNanos) {
        steps.add(entry(role, Duration.ofNanos(System.nanoTime() - begunNanos)));
    }

    String line() {
        return entry("started in", Duration.ofNanos(System.nanoTime() - begun)) + ": " + String.join(", ", steps);
    }

    private static String entry(String what, Duration took) {
        return String.format(Locale.ROOT, "%s %.1f s", what, took.toMillis() / 1000.0);
    }
}
