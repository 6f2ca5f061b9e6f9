package io.masterdeal.model.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The attributes of a root are those of its newest facts, in whatever order these are put in. */
class RootAttributesTest {

    private static Fact fact(Random random) {
        Map<String, String> attributes = new TreeMap<>();
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(3) > 0) {
                attributes.put(name, "" + random.nextInt(4));
            }
        }
        return Fact.of(
                new UUID(0, random.nextInt(40)),
                "t",
                new ObjectKey("crm:deal:D"),
                null,
                random.nextInt(3) == 0 ? null : (Long) random.nextLong(3),
                Instant.ofEpochMilli(random.nextInt(3)),
                List.of(),
                attributes,
                null);
    }

    private static void put(RootAttributes attributes, Fact fact) {
        fact.attributes().forEach((name, value) -> attributes.put(name, value, fact));
    }

    private static Map<String, String> values(RootAttributes attributes) {
        Map<String, String> values = new TreeMap<>();
        attributes.kept().forEach(each -> values.put(each.name(), each.value()));
        return values;
    }

    private static Map<String, String> reference(List<Fact> facts) {
        Map<String, String> values = new TreeMap<>();
        facts.stream().sorted(Fact.BY_VERSION).forEach(fact -> values.putAll(fact.attributes()));
        return values;
    }

    @Test
    void the_order_does_not_matter_nor_does_it_that_only_versions_are_kept_between() {
        int undecided = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            // given
            Random random = new Random(seed);
            List<Fact> facts = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Fact fact = fact(random);
                if (!facts.contains(fact)) {
                    facts.add(fact);
                }
            }

            // when
            RootAttributes whole = new RootAttributes();
            RootAttributes kept = new RootAttributes();
            boolean isUndecided = false;
            Collections.shuffle(facts, random);
            for (Fact fact : facts) {
                put(whole, fact);
                RootAttributes resumed = new RootAttributes();
                kept.kept().forEach(resumed::restore);
                put(resumed, fact);
                kept = resumed;
                isUndecided |= resumed.isUndecided();
            }

            // then
            assertThat(values(whole)).as("seed %d", seed).isEqualTo(reference(facts));
            assertThat(whole.isUndecided()).isFalse();
            if (isUndecided) {
                undecided++;
            } else {
                assertThat(values(kept)).as("kept, seed %d", seed).isEqualTo(reference(facts));
            }
        }
        assertThat(undecided).isBetween(1, 1_000);
    }
}
