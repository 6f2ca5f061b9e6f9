package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.EventJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of a run as they are posted, made beforehand so that making them takes no time from it. */
final class PostedEvents {

    private final List<Post> posts;

    private final Map<UUID, Integer> indexes;

    private PostedEvents(List<Post> posts, Map<UUID, Integer> indexes) {
        this.posts = posts;
        this.indexes = indexes;
    }

    /**
     * An event to be posted.
     *
     * @param domain whose key it is posted with
     * @param body the event in structured mode
     */
    record Post(String domain, String body) {}

    /** The first events of enough deals. */
    static PostedEvents of(LatencyPlan plan) {
        int deals = plan.events() / DealWorkload.EVENTS_OF_A_DEAL + 1;
        EventJson json = new EventJson(EventCatalog.bundled());
        List<Post> posts = new ArrayList<>(plan.events());
        Map<UUID, Integer> indexes = new HashMap<>();
        new DealWorkload(0, deals, plan.seed(), DealWorkload.Order.AS_HAPPENED).tell(event -> {
            if (posts.size() < plan.events()) {
                EventType type = Objects.requireNonNull(
                        EventCatalog.bundled().type(event.envelope().type()));
                indexes.put(event.envelope().id(), posts.size());
                posts.add(new Post(type.domain(), json.write(event).toString()));
            }
        });
        return new PostedEvents(posts, indexes);
    }

    Post post(int index) {
        return posts.get(index);
    }

    /** The index of the event with an id; null if there is none. */
    @Nullable
    Integer index(UUID id) {
        return indexes.get(id);
    }
}
