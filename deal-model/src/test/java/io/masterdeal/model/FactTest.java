package io.masterdeal.model;

import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of facts, retractions, keys and versions. */
class FactTest {

    private static final UUID ID = UUID.fromString("0A000000-0000-0000-0000-00000000000B");

    private static final Fact FULL = Fact.of(
            ID,
            "docflow.contract.signed",
            new ObjectKey("docflow:contract:K:9"),
            "Contract \"Signed\"",
            Long.MAX_VALUE,
            Instant.parse("2026-01-01T00:00:00.001999Z"),
            List.of(new ObjectKey("media:mediaplan:b"), new ObjectKey("crm:deal:a"), new ObjectKey("crm:deal:a")),
            Map.of("z", "\u001F\u007F\u2028", "a", "\\"),
            ID);

    private static final String FULL_START = """
            ["docflow.contract.signed","docflow:contract:K:9","Contract \\"Signed\\"",9223372036854775807,1767225600001,\
            ["crm:deal:a","media:mediaplan:b"],{"a":"\\\\","z":"\\u001f\u007F\u2028"},\
            "0a000000-0000-0000-0000-00000000000b",""";

    @Test
    void the_content_is_canonical_json() {
        assertThat(FULL.content()).isEqualTo(FULL_START + "[]]");
    }

    @Test
    void what_is_absent_is_null_and_no_links_are_an_empty_list() {
        assertThat(fact(1, K1, null, null, 0).content())
                .isEqualTo("[\"some.type\",\"docflow:contract:K1\",null,null,0,[],{},null,[]]");
    }

    @Test
    void the_content_of_a_retraction_names_what_it_takes_back_sorted_and_once() {
        UUID high = new UUID(-1, 0);

        assertThat(Retraction.of(FULL, List.of(high, ID, high)).content())
                .isEqualTo(FULL_START + "[\"" + ID + "\",\"" + high + "\"]]");
    }

    @Test
    void times_before_1970_are_cut_to_the_millisecond_before() {
        Fact old = withTime(Instant.parse("1969-12-31T23:59:59.9999Z"));

        assertThat(old.occurredAt()).isEqualTo(Instant.ofEpochMilli(-1));
        assertThat(old.content()).contains(",-1,");
    }

    @Test
    void facts_are_equal_if_all_of_id_and_content_is() {
        Fact same = new Fact(
                ID,
                FULL.type(),
                FULL.subject(),
                FULL.status(),
                FULL.sequence(),
                FULL.occurredAt(),
                backwards(FULL.links()),
                new TreeMap<>(FULL.attributes()).descendingMap(),
                ID);

        assertThat(same).isEqualTo(FULL).hasSameHashCodeAs(FULL);
        assertThat(same.content()).isEqualTo(FULL.content());
        assertThat(withId(new UUID(1, 1), FULL)).isNotEqualTo(FULL);
        assertThat(withTime(Instant.EPOCH)).isNotEqualTo(FULL);
    }

    private static SortedSet<ObjectKey> backwards(Set<ObjectKey> keys) {
        TreeSet<ObjectKey> backwards = new TreeSet<>(Collections.reverseOrder());
        backwards.addAll(keys);
        return backwards;
    }

    private static Fact withTime(Instant time) {
        return Fact.of(ID, FULL.type(), FULL.subject(), null, null, time, List.of(), Map.of(), null);
    }

    @Test
    void a_fact_cannot_be_changed_from_outside() {
        TreeMap<String, String> attributes = new TreeMap<>(Map.of("a", "b"));
        TreeSet<ObjectKey> links = new TreeSet<>(FULL.links());
        Fact fact = new Fact(ID, "t", FULL.subject(), null, null, Instant.EPOCH, links, attributes, null);
        attributes.clear();
        links.clear();

        assertThat(fact.attributes()).isEqualTo(Map.of("a", "b"));
        assertThat(fact.links()).isEqualTo(FULL.links());
        assertThatThrownBy(() -> fact.links().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fact.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void links_of_a_root_are_kept_and_not_followed() {
        Fact root = fact(1, "crm:deal:D1", null, null, 1, "crm:deal:D2");

        assertThat(root.links()).hasSize(1);
        assertThat(root.followedLinks()).isEmpty();
        assertThat(FULL.followedLinks()).isEqualTo(FULL.links());
    }

    @Test
    void a_negative_sequence_is_refused() {
        assertThatThrownBy(() -> fact(1, K1, "Contract Signed", -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a sequence is 0 or more, not -1");
        assertThat(fact(1, K1, "Contract Signed", 0, 1).sequence()).isZero();
    }

    @Test
    void a_retraction_of_nothing_is_refused() {
        assertThatThrownBy(() -> Retraction.of(FULL, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a retraction names at least one event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", "a", "a:b", "a:b:", ":b:c", "a::c", "::c", "a:"})
    void a_text_that_is_not_domain_kind_and_id_is_no_object_key(String text) {
        assertThatThrownBy(() -> new ObjectKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an object key is 'domain:kind:id', not '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a", "a:", ":b", "a:b:c"})
    void a_text_that_is_not_domain_and_kind_is_no_object_kind(String text) {
        assertThatThrownBy(() -> new ObjectKind(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an object kind is 'domain:kind', not '" + text + "'");
    }

    @Test
    void the_id_of_an_object_may_hold_colons() {
        ObjectKey key = new ObjectKey("crm:deal::a:b");

        assertThat(key.kind()).isEqualTo(ObjectKind.DEAL);
        assertThat(key.isRoot()).isTrue();
        assertThat(new ObjectKey("crm:deals:a").isRoot()).isFalse();
        assertThat(new ObjectKey("crm:lead:a").isRoot()).isFalse();
    }

    @Test
    void versions_go_by_sequence_then_by_time_then_by_event_id() {
        UUID low = new UUID(1, 0);
        UUID high = new UUID(-1, 0);
        List<Version> sorted = List.of(
                new Version(null, Instant.ofEpochMilli(-5), high),
                new Version(null, Instant.ofEpochMilli(1), low),
                new Version(null, Instant.ofEpochMilli(1), high),
                new Version(null, Instant.ofEpochMilli(2), low),
                new Version(0L, Instant.ofEpochMilli(1), low),
                new Version(9L, Instant.ofEpochMilli(9), low),
                new Version(9L, Instant.ofEpochMilli(8), high),
                new Version(10L, Instant.ofEpochMilli(0), low),
                new Version(Long.MAX_VALUE, Instant.ofEpochMilli(0), low));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = 0; j < sorted.size(); j++) {
                assertThat(Integer.signum(sorted.get(i).compareTo(sorted.get(j))))
                        .as("%d and %d", i, j)
                        .isEqualTo(Integer.signum(Integer.compare(i, j)));
            }
        }
    }
}
