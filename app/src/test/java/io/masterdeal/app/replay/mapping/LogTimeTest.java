package io.masterdeal.app.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {

    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource(textBlock = """
            2026-03-01T09:30:00Z,                  Z,      2026-03-01T09:30:00.000Z
            2026-03-01T09:30:00,                   Z,      2026-03-01T09:30:00.000Z
            2026-03-01T09:30:00,                   +03:00, 2026-03-01T06:30:00.000Z
            2026-03-01T09:30:00,                   -05:30, 2026-03-01T15:00:00.000Z
            2026-03-01T01:00:00+03:00,             -05:30, 2026-02-28T22:00:00.000Z
            2026-03-01T01:00:00-0030,              Z,      2026-03-01T01:30:00.000Z
            2026-03-01T01:00:00+23,                Z,      2026-02-28T02:00:00.000Z
            2026-03-01T01:00:00+00:00:30,          Z,      2026-03-01T00:59:30.000Z
            2026-03-01 09:30:00.5,                 Z,      2026-03-01T09:30:00.500Z
            '2026-03-01T09:30:00,123',             Z,      2026-03-01T09:30:00.123Z
            2026-03-01T09:30:00.1239999,           Z,      2026-03-01T09:30:00.123Z
            2026-03-01T09:30:00.999999999999,      Z,      2026-03-01T09:30:00.999Z
            1969-12-31T23:59:59.9999Z,             Z,      1969-12-31T23:59:59.999Z
            2026-03-01T09:30,                      Z,      2026-03-01T09:30:00.000Z
            2026-03-01,                            +03:00, 2026-02-28T21:00:00.000Z
            20260301T093000Z,                      Z,      2026-03-01T09:30:00.000Z
            2024-02-29T00:00:00Z,                  Z,      2024-02-29T00:00:00.000Z
            """)
    void a_time_becomes_utc_with_milliseconds(String text, String zone, String utc) {
        assertThat(LogTime.utc(text, ZoneOffset.of(zone))).contains(utc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2026-02-29T00:00:00Z",
                "2026-13-01",
                "2026-3-1",
                "2026-03-01T24:00:00Z",
                "2026-03-01T09:60:00Z",
                "2026-03-01T09:30:00+24:00",
                "2026-03-01T09:30:00 ",
                "01.03.2026 09:30",
                "1772357400",
                "0001-01-01T00:00:00+01:00",
                "2026-03-01T09:30:00Z[UTC]"
            })
    void what_is_no_time_gives_none(String text) {
        assertThat(LogTime.utc(text, ZoneOffset.UTC)).isEmpty();
    }
}
