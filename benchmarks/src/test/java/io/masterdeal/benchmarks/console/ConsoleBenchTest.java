package io.masterdeal.benchmarks.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.benchmarks.Bench;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With few deals. How fast it is, is tested in the long run only. */
class ConsoleBenchTest {

    private static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    @Test
    void a_board_is_stored_started_and_asked() throws Exception {
        // when
        Bench.Report report =
                new ConsoleBench(new ConsoleBench.Options(LONG ? 1_000_000 : 500, LONG ? 40 : 2, 1)).run(_ -> {});

        // then
        Map<?, ?> board = (Map<?, ?>) Objects.requireNonNull(report.figures().get("board"));
        assertThat(board.keySet())
                .asString()
                .contains("start_seconds", "heap_bytes", "counts_all", "page_due", "flow_30_days");
        if (LONG) {
            report.table().forEach(System.out::println);
            assertThat(number(board, "heap_bytes")).isLessThan(400e6);
            assertThat(number(board, "start_seconds")).isLessThan(15);
            board.forEach((name, figures) -> {
                if (name.toString().startsWith("counts_")) {
                    assertThat(median(figures)).as("%s: %s", name, figures).isLessThan(50);
                } else if (name.toString().startsWith("page_")) {
                    assertThat(median(figures)).as("%s: %s", name, figures).isLessThan(300);
                }
            });
        }
    }

    private static double number(Map<?, ?> figures, String name) {
        return ((Number) Objects.requireNonNull(figures.get(name))).doubleValue();
    }

    private static double median(@Nullable Object figures) {
        return number((Map<?, ?>) Objects.requireNonNull(figures), "p50");
    }
}
