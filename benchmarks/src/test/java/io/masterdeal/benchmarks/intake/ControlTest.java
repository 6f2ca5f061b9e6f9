package io.masterdeal.benchmarks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.benchmarks.control.EndState;
import io.masterdeal.benchmarks.workload.DealWorkload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control does the same work as MasterDeal, so its rate is a ceiling. How fast it is, is not tested. */
class ControlTest {

    private static final int DEALS = 100;

    private static final DealWorkload WORKLOAD = new DealWorkload(0, DEALS, 20260301, DealWorkload.Order.AS_HAPPENED);

    private static final Variants VARIANTS = new Variants(0, List.of("-XX:TieredStopAtLevel=1"));

    @TempDir
    private static Path recording;

    private static Variants.RecordedRun recordedRun;

    @BeforeAll
    static void record_a_run() throws Exception {
        recordedRun = VARIANTS.record(WORKLOAD, recording);
    }

    @Test
    void a_recording_has_all_that_the_run_wrote() {
        assertThat(recordedRun.recording().events()).isEqualTo(WORKLOAD.events());
        assertThat(recordedRun.endState().tables().keySet())
                .contains("facts", "event_ids", "objects", "links", "placements", "deals", "effects");
        assertThat(recordedRun.endState().tables().get("facts")).startsWith(WORKLOAD.events() + " rows,");
        assertThat(recordedRun.endState().tables().get("deals")).startsWith(DEALS + " rows,");
        assertThat(recordedRun.endState().canonical()).hasSize(DEALS);
        assertThat(recordedRun.recording().messages()).isGreaterThanOrEqualTo(DEALS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_control_leaves_the_same_rows_indexes_and_canonical_events_behind(int connections) throws Exception {
        // given
        assumeTrue(
                connections == 2 || Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: each case starts servers of its own; both run in the long run (./masterdeal test --long)");

        // when: it throws if anything differs
        Result result = VARIANTS.control(WORKLOAD, recordedRun, connections);

        // then
        assertThat(result.events()).isEqualTo(WORKLOAD.events());
        assertThat(result.canonicalEvents()).isEqualTo(recordedRun.recording().messages());
        assertThat(result.cpuSeconds()).containsKeys("control", "relay", "kafka", "postgresql", "registry");
    }

    @Test
    void rows_alone_are_the_same_rows() throws Exception {
        // when: it throws if anything differs
        Result result = VARIANTS.bareSql(recordedRun, 2);

        // then
        assertThat(result.events()).isEqualTo(WORKLOAD.events());
    }

    @Test
    void a_control_that_does_less_is_found_out() {
        // given
        Map<String, String> fewer = new HashMap<>(recordedRun.endState().tables());
        fewer.put("links", "0 rows, 0");
        Map<String, String> altered = new HashMap<>(recordedRun.endState().canonical());
        altered.put("crm:deal:D-7", "partition 0, 1 records, 00");
        EndState told = recordedRun.endState();

        // then
        assertThatThrownBy(() -> told.throwUnlessSameRows(new EndState(fewer, told.indexes(), told.canonical())))
                .hasMessageContaining("table links should be: ");
        assertThatThrownBy(() -> told.throwUnlessSameRows(new EndState(told.tables(), Map.of(), told.canonical())))
                .hasMessageContaining("index ");
        assertThatThrownBy(() -> told.throwUnlessSame(new EndState(told.tables(), told.indexes(), altered)))
                .hasMessageContaining("canonical events of crm:deal:D-7");
    }
}
