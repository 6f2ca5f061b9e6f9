package io.masterdeal.benchmarks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.benchmarks.control.Leftover;
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

/** The control does the same work as MasterDeal, so its rate is a ceiling. How fast it is, no test says. */
class ControlTest {

    private static final int DEALS = 100;

    private static final DealWorkload WORKLOAD = new DealWorkload(0, DEALS, 20260301, DealWorkload.Order.AS_HAPPENED);

    private static final Contenders CONTENDERS = new Contenders(0, List.of("-XX:TieredStopAtLevel=1"));

    @TempDir
    private static Path tape;

    private static Contenders.Recording recording;

    @BeforeAll
    static void record_a_run() throws Exception {
        recording = CONTENDERS.record(WORKLOAD, tape);
    }

    @Test
    void a_recording_has_all_that_the_run_wrote() {
        assertThat(recording.tape().events()).isEqualTo(WORKLOAD.events());
        assertThat(recording.leftover().tables().keySet())
                .contains("facts", "event_ids", "objects", "links", "placements", "deals", "effects");
        assertThat(recording.leftover().tables().get("facts")).startsWith(WORKLOAD.events() + " rows,");
        assertThat(recording.leftover().tables().get("deals")).startsWith(DEALS + " rows,");
        assertThat(recording.leftover().canonical()).hasSize(DEALS);
        assertThat(recording.tape().messages()).isGreaterThanOrEqualTo(DEALS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_control_leaves_the_same_rows_indexes_and_canonical_events_behind(int connections) throws Exception {
        // given
        assumeTrue(
                connections == 2 || Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: each case starts servers of its own; both run in the long run (./masterdeal test --long)");

        // when: it throws if anything differs
        Result result = CONTENDERS.control(WORKLOAD, recording, connections);

        // then
        assertThat(result.events()).isEqualTo(WORKLOAD.events());
        assertThat(result.canonicalEvents()).isEqualTo(recording.tape().messages());
        assertThat(result.cpuSeconds()).containsKeys("control", "relay", "kafka", "postgresql", "registry");
    }

    @Test
    void rows_alone_are_the_same_rows() throws Exception {
        // when: it throws if anything differs
        Result result = CONTENDERS.bareSql(recording, 2);

        // then
        assertThat(result.events()).isEqualTo(WORKLOAD.events());
    }

    @Test
    void a_control_that_does_less_is_found_out() {
        // given
        Map<String, String> fewer = new HashMap<>(recording.leftover().tables());
        fewer.put("links", "0 rows, 0");
        Map<String, String> altered = new HashMap<>(recording.leftover().canonical());
        altered.put("crm:deal:D-7", "partition 0, 1 records, 00");
        Leftover told = recording.leftover();

        // then
        assertThatThrownBy(() -> told.throwUnlessSameRows(new Leftover(fewer, told.indexes(), told.canonical())))
                .hasMessageContaining("table links should be: ");
        assertThatThrownBy(() -> told.throwUnlessSameRows(new Leftover(told.tables(), Map.of(), told.canonical())))
                .hasMessageContaining("index ");
        assertThatThrownBy(() -> told.throwUnlessSame(new Leftover(told.tables(), told.indexes(), altered)))
                .hasMessageContaining("canonical events of crm:deal:D-7");
    }
}
