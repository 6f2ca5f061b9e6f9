package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.model.Fact;
import org.junit.jupiter.api.Test;

/** A process may start beside one of an earlier release, which works on until it is stopped: what that one did not write is made up for. */
class WorkTakenOverTest extends FactStoreCase {

    private static SettingInUse announce(String catalog) throws Exception {
        return SettingInUse.announce(
                database.dataSource().getConnection(), new WorkTakenOver(new WorkSettings(catalog, "reactions", true)));
    }

    @Test
    void deals_folded_by_an_earlier_release_after_all_were_marked_get_their_attributes() throws Exception {
        // given
        try (SettingInUse _ = announce("catalog-1")) {
            add(fact("crm:deal:1", "Deal Created", 0), fact("crm:deal:2", "Deal Created", 0));

            // when: it takes the marks away, and writes no attributes
            database.jdbc()
                    .sql("UPDATE deals SET fields = NULL, stage_since = NULL WHERE root_key LIKE 'crm:deal:1%'")
                    .update();
            database.jdbc()
                    .sql("DELETE FROM deal_fields WHERE root_key LIKE 'crm:deal:1%'")
                    .update();
        }

        // then
        try (SettingInUse _ = announce("catalog-2")) {
            assertThat(store.pending()).isEqualTo(1);
            FactStoreModelTest.settle(store);
            assertAsTheModelSays();
        }
    }

    @Test
    void orphans_of_an_earlier_release_are_not_refused_and_get_their_reason_and_are_counted() throws Exception {
        // given
        Fact approved = fact("legal:case:1", "Legal Approved", 1, "docflow:contract:1");
        try (SettingInUse _ = announce("catalog-1")) {
            add(approved);

            // when: its statement, and what it counts
            database.jdbc().sql("DELETE FROM orphans").update();
            database.jdbc()
                    .sql("INSERT INTO orphans (key, facts, since) SELECT subject, 1, received_at FROM facts")
                    .update();
            database.jdbc().sql("DELETE FROM counts WHERE what = 'orphans_by'").update();
        }

        // then
        try (SettingInUse _ = announce("catalog-2")) {
            assertAsTheModelSays();
        }
    }
}
