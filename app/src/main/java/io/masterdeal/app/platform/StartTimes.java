package io.masterdeal.app.platform;

import io.masterdeal.local.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the time of a start was spent on. */
final class StartTimes {

    private final long begun = System.nanoTime();

    private final List<String> servers = new ArrayList<>();

    private final List<String> roles = new ArrayList<>();

    void add(Map<Part, Duration> parts) {
        for (Part part : List.of(Part.KAFKA, Part.POSTGRESQL, Part.REGISTRY)) {
            Duration took = parts.get(part);
            if (took != null) {
                servers.add(entry(part.title(), took));
            }
        }
    }

    void add(String role, long begunNanos) {
        roles.add(entry(role, Duration.ofNanos(System.nanoTime() - begunNanos)));
    }

    /** Kafka starts beside the other two servers, so the figures add up to more than the whole. */
    String line() {
        String kafkaAlone = servers.size() > 1 && servers.getFirst().startsWith(Part.KAFKA.title()) ? " beside " : ", ";
        String atFirst = servers.isEmpty()
                ? ""
                : servers.getFirst()
                        + (servers.size() == 1
                                ? ""
                                : kafkaAlone + String.join(" and ", servers.subList(1, servers.size())))
                        + "; ";
        return entry("started in", Duration.ofNanos(System.nanoTime() - begun)) + ": " + atFirst
                + String.join(", ", roles);
    }

    private static String entry(String what, Duration took) {
        return String.format(Locale.ROOT, "%s %.1f s", what, took.toMillis() / 1000.0);
    }
}
