package io.masterdeal.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which process takes events in, if several could. */
class LeadingAssignorTest {

    private static final List<TopicPartition> ALL = IntStream.range(0, 3)
            .mapToObj(it -> new TopicPartition("crm.events", it))
            .toList();

    private final Map<String, Subscription> members = new HashMap<>();

    private final List<String> topics = new ArrayList<>(List.of("crm.events"));

    @Test
    void the_first_one_gets_everything_and_the_others_nothing() {
        // given
        member("b", 1);
        member("a", 1);

        // then
        assertThat(assigned()).isEqualTo(Map.of("a", ALL, "b", List.of()));
    }

    @Test
    void who_leads_keeps_leading_when_another_one_comes() {
        // given
        member("b", 4, ALL.get(0), ALL.get(1), ALL.get(2));
        member("a", 4);

        // then
        assertThat(assigned()).isEqualTo(Map.of("a", List.of(), "b", ALL));
    }

    @Test
    void what_another_one_owns_is_given_away_only_after_it_has_let_go_of_it() {
        // given: they shared the partitions until now
        member("a", 4, ALL.get(0));
        member("b", 4, ALL.get(1), ALL.get(2));

        // when, then
        assertThat(assigned()).isEqualTo(Map.of("a", List.of(), "b", ALL.subList(1, 3)));

        // and: the first has let go
        member("a", 5);
        assertThat(assigned()).isEqualTo(Map.of("a", List.of(), "b", ALL));
    }

    @Test
    void a_member_that_was_away_and_still_thinks_it_leads_does_not() {
        // given
        member("a", 3, ALL.get(0), ALL.get(1), ALL.get(2));
        member("b", 4, ALL.get(0), ALL.get(1), ALL.get(2));

        // then
        assertThat(assigned()).isEqualTo(Map.of("a", List.of(), "b", ALL));
    }

    @Test
    void a_topic_that_is_not_there_yet_is_left_out() {
        // given
        members.put("a", new Subscription(List.of("crm.events", "later.events")));

        // then
        assertThat(assigned()).isEqualTo(Map.of("a", ALL));
    }

    @Test
    void a_topic_the_leader_does_not_know_goes_to_a_member_that_does() {
        // given: of an upgrade to a version with one more domain, the old one leads
        members.put("a", new Subscription(List.of("crm.events"), null, List.of(), 1, Optional.empty()));
        members.put("b", new Subscription(List.of("crm.events", "new.events"), null, List.of(), 1, Optional.empty()));
        topics.add("new.events");

        // then
        List<TopicPartition> ofNew = IntStream.range(0, 3)
                .mapToObj(it -> new TopicPartition("new.events", it))
                .toList();
        assertThat(assigned()).isEqualTo(Map.of("a", ALL, "b", ofNew));
    }

    private void member(String name, int generation, TopicPartition... owned) {
        members.put(name, new Subscription(List.of("crm.events"), null, List.of(owned), generation, Optional.empty()));
    }

    private Map<String, List<TopicPartition>> assigned() {
        Node node = new Node(1, "127.0.0.1", 9092);
        List<PartitionInfo> partitions = topics.stream()
                .flatMap(topic -> ALL.stream()
                        .map(it ->
                                new PartitionInfo(topic, it.partition(), node, new Node[] {node}, new Node[] {node})))
                .toList();
        Cluster cluster = new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        new LeadingAssignor()
                .assign(cluster, new GroupSubscription(members))
                .groupAssignment()
                .forEach((member, assignment) -> assigned.put(member, assignment.partitions()));
        return assigned;
    }
}
