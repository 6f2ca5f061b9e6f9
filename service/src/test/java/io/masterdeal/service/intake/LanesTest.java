package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a batch is divided into parts that are stored at the same time. */
class LanesTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private static int count;

    @Test
    void what_is_linked_within_a_batch_stays_together_in_its_order() {
        // given: 300 deals with an invoice that only its contract links to the deal, told in a random order
        long seed = System.nanoTime();
        List<ReceivedStatement> batch = new ArrayList<>();
        for (int deal = 0; deal < 300; deal++) {
            batch.add(fact("crm:deal:D-" + deal));
            batch.add(fact("docflow:contract:K-" + deal, "crm:deal:D-" + deal));
            batch.add(fact("dcm:invoice:I-" + deal, "docflow:contract:K-" + deal));
        }
        Collections.shuffle(batch, new Random(seed));

        // when
        List<List<ReceivedStatement>> lanes = divide(lanes(3), batch);

        // then
        assertThat(lanes).as("seed %d", seed).hasSize(3);
        assertThat(lanes.stream().flatMap(List::stream)).hasSize(900).containsAll(batch);
        Map<String, Integer> laneOf = new HashMap<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            assertThat(lanes.get(lane)).as("as even as whole deals can be").hasSizeBetween(297, 303);
            for (ReceivedStatement each : lanes.get(lane)) {
                assertThat(laneOf.merge(number(each), lane, (before, now) -> before.equals(now) ? now : -1))
                        .as("lane of deal %s, seed %d", number(each), seed)
                        .isEqualTo(lane);
            }
            assertThat(lanes.get(lane).stream().map(batch::indexOf)).isSorted();
        }
    }

    @Test
    void an_object_goes_where_it_went_before_though_nothing_in_the_batch_tells_why() {
        // given: each deal's invoice was linked to it in an earlier batch
        Lanes lanes = lanes(2);
        List<ReceivedStatement> linking = Stream.iterate(0, deal -> deal + 1)
                .limit(100)
                .map(deal -> fact("dcm:invoice:J-" + deal, "crm:deal:J-" + deal))
                .toList();
        Set<String> first = numbers(divide(lanes, linking).getFirst());

        // when: later one half tells of the invoice only, the other of the deal only
        List<ReceivedStatement> later = linking.stream()
                .map(each -> Integer.parseInt(number(each)) % 2 == 0
                        ? fact("dcm:invoice:J-" + number(each))
                        : fact("crm:deal:J-" + number(each)))
                .toList();

        // then
        assertThat(first).hasSize(50);
        assertThat(numbers(divide(lanes, later).getFirst())).isEqualTo(first);
    }

    @Test
    void what_names_a_deal_by_its_id_stays_with_the_deal() {
        // given: invoices that name their deals by id, and nothing else that ties them together
        List<ReceivedStatement> batch = new ArrayList<>();
        for (int deal = 0; deal < 50; deal++) {
            ObjectKey root = new ObjectKey("crm:deal:T-" + deal);
            batch.add(fact("crm:deal:T-" + deal));
            batch.add(received(
                    ofDeal("dcm:invoice:T-" + deal, MasterDealId.of(root).value())));
        }

        // when
        List<List<ReceivedStatement>> lanes = divide(lanes(2), batch);

        // then
        assertThat(lanes).hasSize(2);
        assertThat(numbers(lanes.getFirst())).hasSize(25).doesNotContainAnyElementsOf(numbers(lanes.getLast()));
    }

    @Test
    void only_so_many_objects_are_remembered() {
        // given: two deals in two lanes, and then more than is remembered
        Lanes lanes = lanes(2, 1, 10);
        assertThat(divide(lanes, List.of(fact("crm:deal:A"), fact("crm:deal:B"))))
                .hasSize(2);
        for (int other = 0; other < 30; other++) {
            divide(lanes, List.of(fact("crm:deal:X-" + other), fact("crm:deal:Y-" + other)));
        }

        // when: what is forgotten goes to the emptier lane, in the order of the batch
        List<List<ReceivedStatement>> divided = divide(lanes, List.of(fact("crm:deal:B"), fact("crm:deal:A")));

        // then
        assertThat(divided).hasSize(2);
        assertThat(divided.getFirst().getFirst().statement())
                .isInstanceOfSatisfying(
                        Fact.class, it -> assertThat(it.subject().value()).isEqualTo("crm:deal:B"));
    }

    @Test
    void one_lane_or_one_statement_is_not_divided() {
        List<ReceivedStatement> batch = List.of(fact("crm:deal:P"), fact("crm:deal:Q"));
        assertThat(divide(lanes(1), batch)).containsExactly(batch);
        assertThat(divide(lanes(4), batch.subList(0, 1))).containsExactly(batch.subList(0, 1));
        assertThat(divide(lanes(4), List.of())).isEmpty();
    }

    @Test
    void a_retraction_has_a_place_too() {
        List<ReceivedStatement> batch = List.of(
                received(new Retraction(new UUID(3, ++count), "{}", Set.of(new UUID(3, 7)), null)), fact("crm:deal:R"));
        assertThat(divide(lanes(2), batch)).containsExactly(batch.subList(0, 1), batch.subList(1, 2));
    }

    @Test
    void no_lanes_at_all_is_refused_by_the_name_of_the_setting() {
        assertThatThrownBy(() -> IntakeLimits.ofLanes(0)).hasMessageContaining("masterdeal.intake.lanes is 0");
    }

    @Test
    void a_small_batch_is_not_divided() {
        // given: two lanes of at least 100 each
        Lanes lanes = lanes(2, 100, 1000);
        List<ReceivedStatement> batch =
                Stream.generate(() -> fact("crm:deal:S-" + count)).limit(200).toList();

        // then
        assertThat(divide(lanes, batch.subList(0, 199))).hasSize(1);
        assertThat(divide(lanes, batch)).hasSize(2);
    }

    /** Such as divide every batch. */
    private static Lanes lanes(int count) {
        return lanes(count, 1, 1000);
    }

    private static Lanes lanes(int count, int least, int remembered) {
        return new Lanes(new IntakeLimits(count, least, 1000, 1000, remembered, Duration.ofSeconds(1)));
    }

    private static List<List<ReceivedStatement>> divide(Lanes lanes, List<ReceivedStatement> batch) {
        return lanes.divide(batch, Function.identity());
    }

    private static Set<String> numbers(List<ReceivedStatement> lane) {
        Set<String> numbers = new HashSet<>();
        lane.forEach(each -> numbers.add(number(each)));
        return numbers;
    }

    private static String number(ReceivedStatement each) {
        String key = ((Fact) each.statement()).subject().value();
        return key.substring(key.indexOf('-') + 1);
    }

    private static ReceivedStatement fact(String subject, String... links) {
        return received(factOf(subject, null, links));
    }

    private static Fact ofDeal(String subject, UUID masterDealId) {
        return factOf(subject, masterDealId);
    }

    private static Fact factOf(String subject, @Nullable UUID masterDealId, String... links) {
        return Fact.of(
                new UUID(2, ++count),
                "crm.deal.created",
                new ObjectKey(subject),
                "created",
                null,
                AT,
                Stream.of(links).map(ObjectKey::new).toList(),
                Map.of(),
                masterDealId);
    }

    private static ReceivedStatement received(Statement statement) {
        return ReceivedStatement.of(
                statement, new ReceivedStatement.Provenance("/test", null, null, null, false, "test-0@" + count));
    }
}
