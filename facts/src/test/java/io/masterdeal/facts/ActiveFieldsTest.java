package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.settings.OtherSettingsException;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.model.Statement;
import org.junit.jupiter.api.Test;

/** All processes of a schema give answers the same fields; alone, one may change them, and every deal waits to be folded. */
class ActiveFieldsTest extends FactStoreCase {

    private static SettingInUse announce(String names) throws Exception {
        return SettingInUse.announce(database.dataSource().getConnection(), new ActiveFields(FieldNames.parse(names)));
    }

    private long waiting() {
        return store.pending();
    }

    @Test
    void a_process_with_other_fields_is_refused_with_both_lists_and_what_to_do() throws Exception {
        try (SettingInUse _ = announce("client,amount");
                SettingInUse _ = announce("amount,client")) {
            assertThatThrownBy(() -> announce("client,region"))
                    .isInstanceOf(OtherSettingsException.class)
                    .hasMessage("another service process makes its answers with the fields amount,client, this one was"
                            + " to use client,region: stop the other one first, or start this one with the same"
                            + " (masterdeal.deal-fields)");
        }
    }

    @Test
    void after_an_upgrade_every_deal_gets_its_fields_and_since_when_it_is_in_its_stage() throws Exception {
        // given
        Histories.of(3).forEach(each -> add(new Statement[] {each}));
        ending = Histories.suffix(3);
        FactStoreModelTest.settle(store);
        assertAsTheModelSays();

        // when: as rows from before there were fields
        database.jdbc()
                .sql("UPDATE deals SET fields = NULL, stage_since = NULL")
                .update();
        database.jdbc().sql("DELETE FROM deal_fields").update();

        // then
        try (SettingInUse _ = announce(FieldNames.DEFAULT_LIST)) {
            assertThat(waiting()).isPositive();
            FactStoreModelTest.settle(store);
            assertAsTheModelSays();
        }
        try (SettingInUse _ = announce(FieldNames.DEFAULT_LIST)) {
            assertThat(waiting()).as("the same again").isZero();
        }
        try (SettingInUse _ = announce("client")) {
            assertThat(waiting()).as("others").isPositive();
        }
    }
}
