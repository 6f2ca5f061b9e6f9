package io.masterdeal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "2011-09-30T22:38:44.546Z, 2011-09-30T22:38:44.546Z",
        "2011-10-01T00:38:44.546999+02:00, 2011-09-30T22:38:44.546Z",
        "2024-02-29T23:59:59.007Z, 2024-02-29T23:59:59.007Z",
        "0001-01-01T00:00:00.000Z, 0001-01-01T00:00:00.000Z",
        "2026-01-01t00:00:00z, 2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00-00:00, 2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00+23:59, 2025-12-31T00:01:00.000Z",
        "2026-01-01T00:00:00-18:30, 2026-01-01T18:30:00.000Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00.12345678901234567890Z, 2026-01-01T00:00:00.123Z",
    })
    void a_time_is_read_and_written_in_utc_with_whole_milliseconds(String text, String canonical) {
        assertThat(Rfc3339.format(Rfc3339.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01T24:00:01Z",
                "2026-01-01T24:00:00.000Z",
                "2026-02-29T00:00:00.000Z",
                "2026-01-01T00:00:60.000Z",
                "2026-01-0:T00:00:00.000Z",
                "2026-01-01T00:00:00.-00Z",
                "2026-01-01T00:00:00+0300",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+23:60",
                "+12026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z\n",
                "٢٠٢٦-01-01T00:00:00Z",
            })
    void an_invalid_rfc_3339_time_is_refused(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_uuid_is_read_in_any_case_and_ordered_as_text() {
        UUID small = UuidText.parse("7FFFFFFF-0000-5000-8000-000000000000");
        UUID great = UuidText.parse("80000000-0000-5000-8000-000000000000");

        assertThat(small).hasToString("7fffffff-0000-5000-8000-000000000000");
        assertThat(UuidText.ORDER.compare(small, great)).isNegative();
        assertThat(small.compareTo(great))
                .as("the JDK's order, which is another")
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1-1-1-1-1",
                "",
                "565d1252-04cc-5722-8ca7-9a5ea9dfb9ag",
                "565d125204cc57228ca79a5ea9dfb9ab",
                "565d1252-04cc-5722-8ca7-9a5ea9dfb9ab ",
                "565d1252_04cc-5722-8ca7-9a5ea9dfb9ab"
            })
    void anything_but_a_uuid_of_36_characters_is_refused(String text) {
        assertThatThrownBy(() -> UuidText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UUID");
    }

    @Test
    void text_is_ordered_and_measured_as_its_utf_8_bytes() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String a = text(random);
            String b = text(random);
            byte[] x = a.getBytes(StandardCharsets.UTF_8);
            byte[] y = b.getBytes(StandardCharsets.UTF_8);
            assertThat(Integer.signum(Utf8.ORDER.compare(a, b)))
                    .as("seed %d: %s and %s", seed, a, b)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(x, y)));
            assertThat(Utf8.length(a)).as("seed %d: %s", seed, a).isEqualTo(x.length);
        }
    }

    @Test
    void text_that_cannot_be_kept_is_found() {
        assertThat(Utf8.hasForbidden("плёнка 😀 ~")).isFalse();
        assertThat(Utf8.hasForbidden("a\0b")).isTrue();
        assertThat(Utf8.hasForbidden("\ud83d")).isTrue();
        assertThat(Utf8.hasForbidden("\ud83dx")).isTrue();
        assertThat(Utf8.hasForbidden("\ude00")).isTrue();
        assertThat(Utf8.hasControl("a\tb")).isTrue();
        assertThat(Utf8.clean("a\0\ud83d😀\ude00")).isEqualTo("a\ufffd\ufffd😀\ufffd");
    }

    @Test
    void times_before_1970_are_truncated_towards_the_past() {
        assertThat(Rfc3339.parse("1960-01-01T00:00:00.0019Z")).isEqualTo(Instant.parse("1960-01-01T00:00:00.001Z"));
    }

    @Test
    void a_step_of_a_json_pointer_is_escaped() {
        assertThat(JsonPointers.child("/data", "a/b~c")).isEqualTo("/data/a~1b~0c");
    }

    private static String text(Random random) {
        int[] points = random.ints(random.nextInt(4), 0, 6)
                .map(i -> new int[] {'a', 0xe9, 0x416, 0xff5e, 0xe000, 0x1f600}[i])
                .toArray();
        return new String(points, 0, points.length);
    }
}
