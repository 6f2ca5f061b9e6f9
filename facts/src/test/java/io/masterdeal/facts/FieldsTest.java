package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The attributes of a root in its deal's answers, and in the table that deals are searched by. */
class FieldsTest extends FactStoreCase {

    private Fact said(int minutes, Map<String, String> attributes) {
        return said(UUID.randomUUID(), null, minutes, attributes);
    }

    private Fact said(UUID id, @Nullable Long sequence, int minutes, Map<String, String> attributes) {
        return Fact.of(
                id,
                "some.type",
                new ObjectKey("crm:deal:A" + ending),
                "Deal Created",
                sequence,
                Instant.ofEpochMilli(T + minutes * 60_000L),
                List.of(),
                attributes,
                null);
    }

    private FactStore store(String names) {
        return new FactStore(
                database.dataSource(),
                RULES,
                SlaTerms.none(RULES),
                FieldNames.parse(names),
                List.of(new LoggedChanges(change -> change.changed().toString().getBytes(StandardCharsets.UTF_8))),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    private Map<String, String> attributes() {
        return StoredFields.values(database.jdbc()
                .sql("SELECT fields FROM deals WHERE known AND root_key LIKE ?")
                .param("%" + ending)
                .query(byte[].class)
                .single());
    }

    private String row() {
        return database.jdbc()
                .sql("SELECT concat_ws('|', client, manager, product, region, currency, amount) || ' ' || xmin"
                        + " FROM deal_fields WHERE root_key LIKE ?")
                .param("%" + ending)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private void damage(String statement) {
        assertThat(database.jdbc().sql(statement).update()).isPositive();
    }

    @Test
    void each_attribute_is_that_of_the_newest_fact_that_has_it_whenever_it_comes() {
        add(said(10, Map.of("client", "Old", "region", "North")));
        add(said(30, Map.of("client", "New")));
        add(said(20, Map.of("client", "Late", "manager", "Late", "note", "never shown")));
        add(said(40, Map.of()));

        assertThat(attributes()).isEqualTo(Map.of("client", "New", "region", "North", "manager", "Late"));
        assertAsTheModelSays();
        assertThat(published())
                .extracting(line -> line.replaceFirst(".*->lead_created ", ""))
                .containsExactly(
                        "[known, stage, timeline, objects, attributes] causes 1",
                        "[attributes] causes 1",
                        "[attributes] causes 1");
    }

    @Test
    void what_is_taken_back_gives_way_to_what_was_before() {
        Fact first = said(10, Map.of("client", "Old"));
        Fact second = said(20, Map.of("client", "New", "amount", "10"));
        add(first, second);

        add(retraction(second));
        assertThat(attributes()).isEqualTo(Map.of("client", "Old"));
        assertAsTheModelSays();

        add(retraction(first));
        assertThat(row()).isEqualTo("none");
        assertAsTheModelSays();
    }

    @Test
    void of_two_contents_with_one_version_the_greater_counts_though_no_answer_shows_what_decides() {
        UUID id = UUID.randomUUID();
        Fact less = said(id, 1L, 10, Map.of("client", "Z", "a note", "1"));
        Fact greater = said(id, 1L, 10, Map.of("client", "A", "a note", "2"));

        add(greater);
        add(less);
        assertThat(attributes()).isEqualTo(Map.of("client", "A"));

        store.rebuild();
        FactStoreModelTest.settle(store);
        assertThat(attributes()).isEqualTo(Map.of("client", "A"));
        assertAsTheModelSays();
    }

    @Test
    void an_event_that_changes_no_field_does_not_write_the_row() {
        add(said(10, Map.of("client", "A", "amount", "5.10")));
        String before = row();
        assertThat(before).startsWith("A|5.1 ");

        add(said(20, Map.of("client", "A")));
        add(said(30, Map.of("amount", "5.100")));
        assertThat(row()).isEqualTo(before);

        add(said(40, Map.of("amount", "6")));
        assertThat(row()).startsWith("A|6 ").isNotEqualTo(before);
    }

    @Test
    void long_values_are_cut_and_an_amount_that_is_no_number_is_none() {
        String name = "ы".repeat(10_000);
        add(said(10, Map.of("client", name, "amount", "1e5", "product", "p".repeat(201))));

        assertThat(attributes())
                .isEqualTo(Map.of("client", "ы".repeat(500), "amount", "1e5", "product", "p".repeat(201)));
        assertThat(row()).startsWith("ы".repeat(200) + "|" + "p".repeat(200) + " ");
        for (String amount : List.of("", "-", "1.", ".5", "+1", "1 000", "1234567890123456", "1.1234567", "١")) {
            assertThat(FieldTable.differ(Map.of(), Map.of("amount", amount)))
                    .as(amount)
                    .isFalse();
        }
        for (String amount : List.of("0", "-1", "123456789012345.123456")) {
            assertThat(FieldTable.differ(Map.of(), Map.of("amount", amount)))
                    .as(amount)
                    .isTrue();
        }
    }

    @Test
    void fields_that_cannot_be_relied_on_are_read_from_the_facts_with_the_next_event() {
        for (String damage : List.of(
                "UPDATE deals SET fields = NULL",
                "UPDATE deals SET fields = '\\x0102'",
                "UPDATE deals SET fields = set_byte(fields, 12, 99)")) {
            add(said(10, Map.of("client", "A", "region", "North")));
            damage(damage);
            if (!damage.contains("set_byte")) {
                damage("DELETE FROM deal_fields");
            }

            add(said(20, Map.of("region", "South")));

            assertThat(attributes()).as(damage).isEqualTo(Map.of("client", "A", "region", "South"));
            assertThat(row()).as(damage).startsWith("A|South");
        }
    }

    @Test
    void a_rebuild_mends_the_rows() {
        add(said(10, Map.of("client", "A")), fact("crm:deal:B", "Deal Created", 5));
        Statement gone = fact("crm:deal:C", "Deal Created", 5);
        add(gone);
        add(retraction((Fact) gone));
        published();
        damage("UPDATE deal_fields SET client = 'wrong', root_key = root_key || 'x'");
        damage("DELETE FROM deal_fields WHERE deal_id = (SELECT id FROM deals WHERE root_key LIKE 'crm:deal:B%')");
        damage("INSERT INTO deal_fields (deal_id, root_key) SELECT id, root_key FROM deals WHERE NOT known");

        store.rebuild();
        FactStoreModelTest.settle(store);

        assertAsTheModelSays();
        assertThat(published()).isEmpty();
    }

    @Test
    void with_other_names_a_deal_is_folded_from_its_facts() {
        add(said(10, Map.of("client", "A", "region", "North", "note", "shown now")));
        published();
        FactStore other = store("region,note");

        other.add(Histories.received(List.of(said(20, Map.of("client", "B")))));

        assertThat(attributes()).isEqualTo(Map.of("region", "North", "note", "shown now"));
        assertThat(row()).startsWith("North ");
        assertThat(published()).containsExactly("[attributes]");
        FactStore none = store("");
        none.refold();
        FactStoreModelTest.settle(none);
        assertThat(attributes()).isEmpty();
    }
}
