package io.masterdeal.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent to slow other deals down. */
class BackgroundLoadTest {

    private static final LatencyPlan PLAN = LatencyPlan.of(1000, 50, 60, 1);

    @Test
    void one_deal_gets_all_its_facts_evenly_over_the_time() {
        // when
        BackgroundLoad background = BackgroundLoad.ofOneDeal(PLAN);

        // then
        List<Integer> sizes =
                background.calls().stream().map(call -> read(call).size()).toList();
        assertThat(sizes).hasSize(600).allMatch(size -> size == 16 || size == 17);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10_000);
        assertThat(background.calls().getLast().dueNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(59_900));
        assertThat(background.deals()).hasSize(1);
        assertThat(background.facts()).isEqualTo(10_000);
    }

    @Test
    void a_frame_contract_is_linked_to_every_deal_once_and_then_gets_facts() {
        // when
        BackgroundLoad background = BackgroundLoad.ofFrameContract(PLAN);

        // then
        List<JsonNode> events =
                background.calls().stream().map(call -> read(call).get(0)).toList();
        List<String> links = events.stream()
                .flatMap(event -> event.at("/data/links").valueStream())
                .map(JsonNode::asString)
                .toList();
        assertThat(links).hasSize(5000).doesNotHaveDuplicates().contains("crm:deal:D-0", "crm:deal:D-4999");
        assertThat(events.stream().map(event -> event.get("type").asString()))
                .startsWith("docflow.contract.drafted")
                .endsWith("docflow.contract.signed")
                .hasSize(17);
        assertThat(background.facts()).isEqualTo(17 + 7);
        assertThat(background.deals()).hasSize(5000).doesNotHaveDuplicates();
    }

    @Test
    void a_short_plan_has_stalls_that_fit_in() {
        // when
        LatencyPlan plan = LatencyPlan.of(100, 5, 10, 1);

        // then
        assertThat(plan.stalls()).isEqualTo(new LatencyPlan.Stalls(10, 2000, 1));
        assertThat(plan.events()).isEqualTo(100 * (20 + 10 + 10 + 10));
    }

    private static JsonNode read(BackgroundLoad.Call call) {
        return JsonMapper.shared().readTree(call.body());
    }
}
