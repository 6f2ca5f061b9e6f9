package io.masterdeal.app;

import io.masterdeal.contracts.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A consumer of what the service publishes from now on. */
final class CanonicalTopic {

    private final TopicEvents topic;

    private CanonicalTopic(TopicEvents topic) {
        this.topic = topic;
    }

    /** A revision of a deal. */
    record Revision(UUID eventId, String type, String root, long revision, String stage, List<String> changed) {}

    static CanonicalTopic fromNow(TestPlatform platform) {
        return new CanonicalTopic(TopicEvents.fromNow(platform, "masterdeal.events"));
    }

    /** Everything published so far, copies included, by deal in order of arrival. */
    Map<String, List<Revision>> all() {
        Map<String, List<Revision>> byDeal = new LinkedHashMap<>();
        for (Event event : topic.all()) {
            Revision revision = revision(event);
            byDeal.computeIfAbsent(revision.root(), _ -> new ArrayList<>()).add(revision);
        }
        return byDeal;
    }

    /** The same without copies, which have the id of an earlier event. */
    Map<String, List<Revision>> withoutCopies() {
        Set<UUID> seen = new HashSet<>();
        Map<String, List<Revision>> byDeal = all();
        byDeal.values().forEach(revisions -> revisions.removeIf(it -> !seen.add(it.eventId())));
        return byDeal;
    }

    private static Revision revision(Event event) {
        List<String> changed = new ArrayList<>();
        ((List<?>) event.data().get("changed")).forEach(it -> changed.add(String.valueOf(it)));
        return new Revision(
                event.envelope().id(),
                event.envelope().type(),
                String.valueOf(event.data().get("root")),
                (Long) event.data().get("revision"),
                String.valueOf(event.data().get("stage")),
                changed);
    }
}
