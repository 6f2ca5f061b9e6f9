package io.masterdeal.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory PostgreSQL gets on which machine. */
class SharedBuffersTest {

    @ParameterizedTest
    @CsvSource({"2, 256", "4, 256", "8, 512", "16, 1024", "64, 1024"})
    void postgresql_keeps_a_sixteenth_of_the_memory_but_neither_little_nor_very_much(long gibibytes, long mebibytes) {
        assertThat(PostgresServer.sharedBuffers(gibibytes << 30)).isEqualTo(mebibytes << 20);
    }
}
