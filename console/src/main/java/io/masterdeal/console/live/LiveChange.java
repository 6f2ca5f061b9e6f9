package io.masterdeal.console.live;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What has changed since the message before. Immutable.
 *
 * @param number grows with each change
 * @param topics what kinds of things changed
 * @param deals the deals that changed, at most {@link #MOST_DEALS}
 * @param more whether other deals changed too
 */
record LiveChange(long number, Set<String> topics, Set<UUID> deals, boolean more) {
    /** More ids would not be read one by one. */
    static final int MOST_DEALS = 200;

    LiveChange {
        topics = Set.copyOf(topics);
        deals = Set.copyOf(deals);
    }

    /** This change and a later one as one. */
    LiveChange and(LiveChange later) {
        Set<String> allTopics = new LinkedHashSet<>(topics);
        allTopics.addAll(later.topics);
        Set<UUID> allDeals = new LinkedHashSet<>(deals);
        boolean tooMany = more || later.more;
        for (UUID deal : later.deals) {
            if (allDeals.size() < MOST_DEALS) {
                allDeals.add(deal);
            } else {
                tooMany |= !allDeals.contains(deal);
            }
        }
        return new LiveChange(later.number, allTopics, allDeals, tooMany);
    }

    /**
     * As a Server-Sent Event.
     *
     * @param process distinguishes the numbers of this process from those of others
     * @param interval how long pages should wait between two refreshes, in milliseconds
     */
    String message(String process, long interval) {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        var names = data.putArray("topics");
        topics.stream().sorted().forEach(names::add);
        var ids = data.putArray("deals");
        deals.stream()
                .map(UUID::toString)
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(ids::add);
        data.put("more", more).put("interval", interval);
        return "id: " + process + "-" + number + "\ndata: " + data + "\n\n";
    }
}
