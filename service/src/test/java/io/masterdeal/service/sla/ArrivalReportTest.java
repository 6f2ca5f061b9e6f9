package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.sla.ArrivalReport.ObjectArrival;
import io.masterdeal.service.sla.ArrivalReport.ReceivedFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How late facts arrived, and how long objects waited for their deal. */
class ArrivalReportTest {

    private static final ObjectKey ROOT = new ObjectKey("crm:deal:1");

    private static final ObjectKey OTHER_ROOT = new ObjectKey("crm:deal:2");

    private static final UUID ID = MasterDealId.of(ROOT).value();

    private static final ObjectKey CONTRACT = new ObjectKey("docflow:contract:1");

    private static final ObjectKey INVOICE = new ObjectKey("docflow:invoice:1");

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** Seconds after noon. */
    private static ReceivedFact fact(ObjectKey subject, int received, ObjectKey... links) {
        return new ReceivedFact(
                subject, NOON.plusSeconds(received - 10), NOON.plusSeconds(received), List.of(links), null);
    }

    private static ReceivedFact byId(ObjectKey subject, int received) {
        return new ReceivedFact(subject, NOON, NOON.plusSeconds(received), List.of(), ID);
    }

    /** How many seconds each object waited. */
    private static Map<String, @Nullable Long> waited(ReceivedFact... facts) {
        List<ReceivedFact> shuffled = new ArrayList<>(Arrays.asList(facts));
        Collections.shuffle(shuffled, new Random(facts.length));
        Map<String, @Nullable Long> waited = new TreeMap<>();
        for (ObjectArrival object : ArrivalReport.of(ROOT, ID, shuffled).objects()) {
            Long ms = object.orphanWaited();
            waited.put(object.object().value(), ms == null ? null : ms / 1000);
        }
        return waited;
    }

    @Test
    void objects_wait_until_the_last_step_to_their_root_is_there() {
        assertThat(waited(fact(INVOICE, 5, CONTRACT), fact(CONTRACT, 20), fact(CONTRACT, 30, ROOT), fact(ROOT, 60)))
                .isEqualTo(Map.of("crm:deal:1", 0L, "docflow:contract:1", 10L, "docflow:invoice:1", 25L));
    }

    @Test
    void the_way_that_was_complete_first_counts() {
        assertThat(waited(fact(INVOICE, 5, CONTRACT), fact(CONTRACT, 90, ROOT), fact(INVOICE, 40, ROOT)))
                .isEqualTo(Map.of("docflow:contract:1", 0L, "docflow:invoice:1", 35L));
        assertThat(waited(fact(INVOICE, 5, CONTRACT), fact(CONTRACT, 30, ROOT), fact(INVOICE, 40, ROOT)))
                .isEqualTo(Map.of("docflow:contract:1", 0L, "docflow:invoice:1", 25L));
    }

    @Test
    void a_deal_id_counts_from_when_the_deal_is_known_by_itself() {
        assertThat(waited(byId(INVOICE, 5), fact(ROOT, 60)))
                .isEqualTo(Map.of("crm:deal:1", 0L, "docflow:invoice:1", 55L));
        assertThat(waited(fact(ROOT, 5), fact(INVOICE, 10), byId(INVOICE, 60)))
                .isEqualTo(Map.of("crm:deal:1", 0L, "docflow:invoice:1", 50L));
    }

    @Test
    void a_link_of_another_root_makes_the_root_known_and_leads_nowhere_else() {
        assertThat(waited(byId(INVOICE, 5), fact(OTHER_ROOT, 20, ROOT), fact(ROOT, 60)))
                .isEqualTo(Map.of("crm:deal:1", 0L, "docflow:invoice:1", 15L));
        assertThat(waited(fact(INVOICE, 5, OTHER_ROOT), fact(OTHER_ROOT, 20, ROOT), fact(INVOICE, 60, ROOT)))
                .isEqualTo(Map.of("docflow:invoice:1", 55L));
    }

    @Test
    void circles_do_no_harm_and_what_no_fact_explains_is_not_known() {
        assertThat(waited(fact(INVOICE, 5, CONTRACT), fact(CONTRACT, 10, INVOICE), fact(ROOT, 1)))
                .containsEntry("docflow:invoice:1", null)
                .containsEntry("docflow:contract:1", null);
        assertThat(waited(fact(INVOICE, 5, CONTRACT), fact(CONTRACT, 10, INVOICE), fact(CONTRACT, 30, CONTRACT, ROOT)))
                .isEqualTo(Map.of("docflow:contract:1", 20L, "docflow:invoice:1", 25L));
    }

    @Test
    void delays_are_those_of_the_fact_received_first_and_the_longest() {
        ReceivedFact early = new ReceivedFact(ROOT, NOON, NOON.plusMillis(70), List.of(), null);
        ReceivedFact late = new ReceivedFact(ROOT, NOON.minusSeconds(50), NOON.plusMillis(90), List.of(), null);
        ReceivedFact fast =
                new ReceivedFact(CONTRACT, NOON.plusSeconds(3), NOON.plusNanos(1_999_999), List.of(ROOT), null);

        ArrivalReport report = ArrivalReport.of(ROOT, ID, List.of(late, fast, early));

        assertThat(report.newestReceivedAt()).isEqualTo(NOON.plusMillis(90));
        assertThat(report.objects())
                .containsExactly(
                        new ObjectArrival(ROOT, 2, NOON.minusSeconds(50), NOON.plusMillis(70), 70, 50_090, 0L),
                        new ObjectArrival(
                                CONTRACT, 1, NOON.plusSeconds(3), NOON.plusNanos(1_999_999), -2999, -2999, 0L));
    }

    @Test
    void a_deal_without_facts_has_no_objects() {
        assertThat(ArrivalReport.of(ROOT, ID, List.of())).isEqualTo(new ArrivalReport(List.of(), null));
    }

    /** The facts are taken in one after the other, and after each it is looked which objects the deal has by then. */
    @Test
    void random_histories_give_what_a_walk_through_their_arrivals_finds() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<ObjectKey> keys = new ArrayList<>(List.of(ROOT, OTHER_ROOT));
            for (int i = 0; i < 5; i++) {
                keys.add(new ObjectKey("docflow:contract:" + i));
            }
            List<ReceivedFact> facts = new ArrayList<>();
            for (int at = 0; at < 12; at++) {
                ObjectKey subject = keys.get(random.nextInt(keys.size()));
                ObjectKey link = keys.get(random.nextInt(keys.size()));
                facts.add(
                        random.nextInt(6) == 0
                                ? byId(subject, at)
                                : random.nextInt(3) == 0 ? fact(subject, at) : fact(subject, at, link));
            }

            assertThat(waited(facts.toArray(ReceivedFact[]::new)))
                    .as("seed %s: %s", seed, facts)
                    .isEqualTo(walk(facts));
        }
    }

    private static Map<String, @Nullable Long> walk(List<ReceivedFact> facts) {
        Map<String, @Nullable Long> waited = new TreeMap<>();
        Map<ObjectKey, Instant> first = new TreeMap<>();
        for (int i = 0; i < facts.size(); i++) {
            ReceivedFact now = facts.get(i);
            first.putIfAbsent(now.subject(), now.receivedAt());
            Set<ObjectKey> placed = placed(facts.subList(0, i + 1));
            first.forEach((key, since) -> {
                if (!key.equals(OTHER_ROOT) && waited.get(key.value()) == null) {
                    waited.put(
                            key.value(),
                            placed.contains(key)
                                    ? (Long) (now.receivedAt().getEpochSecond() - since.getEpochSecond())
                                    : null);
                }
            });
        }
        return waited;
    }

    private static Set<ObjectKey> placed(List<ReceivedFact> facts) {
        Set<ObjectKey> placed = new HashSet<>();
        if (facts.stream()
                .noneMatch(it -> it.subject().equals(ROOT) || it.links().contains(ROOT))) {
            return placed;
        }
        placed.add(ROOT);
        boolean more = true;
        while (more) {
            more = false;
            for (ReceivedFact fact : facts) {
                if (!fact.subject().isRoot()
                        && (ID.equals(fact.masterDealId()) || !Collections.disjoint(fact.links(), placed))) {
                    more |= placed.add(fact.subject());
                }
            }
        }
        return placed;
    }
}
