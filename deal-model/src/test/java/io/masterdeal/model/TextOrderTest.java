package io.masterdeal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.proof.Run;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts sort as their UTF-8 bytes do, and event ids as their texts do. */
class TextOrderTest {

    private static final List<Integer> EDGES = List.of(
            0, 0x1F, 0x61, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x103FF, 0x10400,
            0x10FFFF);

    @Test
    void texts_sort_as_their_utf_8_bytes() {
        for (int seed = 1; seed <= Run.seeds(20_000, 500_000); seed++) {
            Random random = new Random(seed);
            String common = text(random);
            String left = common + text(random);
            String right = common + text(random);

            assertThat(Integer.signum(Utf8Order.INSTANCE.compare(left, right)))
                    .as("seed %d: '%s' and '%s'", seed, left, right)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void every_pair_of_code_points_at_an_edge_sorts_as_its_utf_8_bytes() {
        for (int one : EDGES) {
            for (int other : EDGES) {
                assertThat(Integer.signum(
                                Utf8Order.INSTANCE.compare(Character.toString(one), Character.toString(other))))
                        .as("%x and %x", one, other)
                        .isEqualTo(Integer.signum(Integer.compare(one, other)));
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(EDGES.get(random.nextInt(EDGES.size())));
        }
        return text.toString();
    }

    @Test
    void keys_and_kinds_sort_so_too() {
        assertThat(new ObjectKey("a:b:\uFF21")).isLessThan(new ObjectKey("a:b:\uD83D\uDE00"));
        assertThat(new ObjectKind("a:\uFF21")).isLessThan(new ObjectKind("a:\uD83D\uDE00"));
    }

    @Test
    void event_ids_sort_as_their_lower_case_texts() {
        Random random = new Random(1);
        long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong(), random.nextLong(), 1L << 32};
        for (long a : edges) {
            for (long b : edges) {
                for (long c : edges) {
                    for (long d : edges) {
                        UUID left = new UUID(a, b);
                        UUID right = new UUID(c, d);
                        assertThat(Integer.signum(EventIdOrder.INSTANCE.compare(left, right)))
                                .as("%s and %s", left, right)
                                .isEqualTo(Integer.signum(left.toString().compareTo(right.toString())));
                    }
                }
            }
        }
    }
}
