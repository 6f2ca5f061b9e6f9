package io.masterdeal.service.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.role.database.Readers;
import io.masterdeal.service.rules.RulesView.HistoryView;
import org.junit.jupiter.api.Test;

/** However often the rule set was changed, the end of its history is found soon. */
class HistoryPlansTest {

    @Test
    void the_last_entries_and_one_of_any_age() {
        try (Database database = Database.create()) {
            // given
            database.jdbc()
                    .sql("INSERT INTO rule_set_history (identity, content) SELECT 'ours@' || i, repeat('x', 1000)"
                            + " FROM generate_series(1, 5000) AS i")
                    .update();
            database.jdbc().sql("VACUUM ANALYZE rule_set_history").update();
            Plans plans = new Plans(database);
            HistoryQueries history = new HistoryQueries(Readers.over(plans.watched()));

            // when, then
            assertThat(history.latest())
                    .hasSize(100)
                    .extracting(HistoryView::identity)
                    .startsWith("ours@5000", "ours@4999");
            assertThat(history.find(3))
                    .hasValueSatisfying(it -> assertThat(it.content()).hasSize(1000));
            assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
            assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(100);
        }
    }
}
