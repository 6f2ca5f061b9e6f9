package io.masterdeal.service.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives all partitions to one member of the group, the leading one; the others stand by. Whoever leads keeps leading until it is
 * gone.
 *
 * <p>The facts of one deal lie in several partitions, and who reads some of them changes the same deals as who reads the others:
 * shared partitions cost more than the second process gives. (docs/adr/0021)
 *
 * <p>It is cooperative (KIP-429): what another member owns goes to the leading one only after that one has let go of it, in the
 * rebalance that follows. So it may stand beside {@code CooperativeStickyAssignor} in a list, and a group may change from one
 * to the other while it works. Kafka makes an instance by its name, hence the public class with a default constructor.
 */
public final class LeadingAssignor implements ConsumerPartitionAssignor {

    @Override
    public String name() {
        return "masterdeal-leading";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        SortedMap<String, Subscription> members = new TreeMap<>(group.groupSubscription());
        Map<TopicPartition, String> owners = owners(members);
        String leading = leading(members, owners);
        Map<String, List<TopicPartition>> partitions = new HashMap<>();
        members.keySet().forEach(member -> partitions.put(member, new ArrayList<>()));
        for (TopicPartition partition : partitions(metadata, members)) {
            String reader = reader(partition.topic(), members, leading);
            if (owners.getOrDefault(partition, reader).equals(reader)) {
                partitions.getOrDefault(reader, List.of()).add(partition);
            }
        }
        Map<String, Assignment> assignments = new HashMap<>();
        partitions.forEach((member, its) -> assignments.put(member, new Assignment(its)));
        return new GroupAssignment(assignments);
    }

    /** The leading member; of a topic it does not know, as an older one in an upgrade, the first by name that does. */
    private static String reader(String topic, SortedMap<String, Subscription> members, String leading) {
        return members.entrySet().stream()
                .filter(it -> it.getValue().topics().contains(topic))
                .map(Map.Entry::getKey)
                .min(Comparator.<String, Boolean>comparing(member -> !member.equals(leading))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(leading);
    }

    /** Who owns each partition; of several who say so, the one who was in the group last. */
    private static Map<TopicPartition, String> owners(Map<String, Subscription> members) {
        Map<TopicPartition, String> owners = new HashMap<>();
        members.forEach((member, subscription) -> subscription
                .ownedPartitions()
                .forEach(partition -> owners.merge(
                        partition,
                        member,
                        (one, other) -> generation(members, other) > generation(members, one) ? other : one)));
        return owners;
    }

    private static int generation(Map<String, Subscription> members, String member) {
        Subscription subscription = members.get(member);
        return subscription == null ? -1 : subscription.generationId().orElse(-1);
    }

    /** The member that owns most; of equals the first by name. */
    private static String leading(SortedMap<String, Subscription> members, Map<TopicPartition, String> owners) {
        Map<String, Integer> owned = new HashMap<>();
        owners.values().forEach(member -> owned.merge(member, 1, Integer::sum));
        String leading = members.firstKey();
        for (String member : members.keySet()) {
            if (owned.getOrDefault(member, 0) > owned.getOrDefault(leading, 0)) {
                leading = member;
            }
        }
        return leading;
    }

    private static List<TopicPartition> partitions(Cluster metadata, Map<String, Subscription> members) {
        SortedSet<String> topics = new TreeSet<>();
        members.values().forEach(subscription -> topics.addAll(subscription.topics()));
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            Integer count = metadata.partitionCountForTopic(topic); // Null if there is no such topic yet.
            for (int partition = 0; count != null && partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        return partitions;
    }
}
