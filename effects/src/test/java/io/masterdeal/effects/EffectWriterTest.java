package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.ActiveRuleSet;
import io.masterdeal.facts.StoreException;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.model.Fact;
import io.masterdeal.rulesets.RuleSets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which effects facts have, and which they have not. */
class EffectWriterTest extends EffectCase {

    private static final String D1 = "crm:deal:D-1";

    private static final String D2 = "crm:deal:D-2";

    @Test
    void a_new_fact_has_one_effect_whose_id_follows_from_deal_reaction_and_event() {
        Fact brief = brief(D1);
        add(fact("crm.deal.created", D1, Duration.ofHours(2)), brief);

        assertThat(effects()).containsExactly(D1 + " pending");
        assertThat(jdbc().sql("SELECT id FROM effects").query(UUID.class).single())
                .isEqualTo(effect(D1, brief))
                .extracting(UUID::version)
                .isEqualTo(5);
        assertThat(entered("pending")).isEqualTo(1);
    }

    @Test
    void a_fact_that_no_reaction_names_has_none() {
        add(fact("crm.deal.created", D1, Duration.ofHours(2)), fact("crm.deal.lost", D1, Duration.ofHours(1)));

        assertThat(effects()).isEmpty();
    }

    @Test
    void a_duplicate_makes_no_second_effect_in_the_batch_or_later() {
        Fact brief = brief(D1);
        add(brief, brief);
        add(brief);
        store.add(List.of(told(brief, true)));

        assertThat(effects()).containsExactly(D1 + " pending");
        assertThat(entered("pending")).isEqualTo(1);
        assertThat(entered("suppressed")).isZero();
    }

    @Test
    void another_content_under_the_same_event_id_makes_no_second_effect() {
        Fact brief = brief(D1);
        add(brief);
        add(with(brief, Map.of("budget", "7")));

        assertThat(effects()).containsExactly(D1 + " pending");
    }

    @Test
    void a_process_without_a_gateway_suppresses_unless_another_one_has_it() {
        store = store(false, REACTIONS);
        add(brief(D1));
        jdbc().sql("INSERT INTO active_settings (catalog, reactions, sends) VALUES ('', '', true)")
                .update();
        add(brief(D2));

        assertThat(effects()).containsExactly(D1 + " suppressed no-gateway", D2 + " pending");
    }

    @Test
    void a_replayed_fact_is_suppressed_at_once() {
        store.add(List.of(told(brief(D1), true)));

        assertThat(effects()).containsExactly(D1 + " suppressed replayed");
        assertThat(entered("suppressed")).isEqualTo(1);
    }

    @Test
    void a_fact_is_too_old_past_the_maximal_age_of_its_reaction() {
        add(fact("crm.brief.submitted", D1, Duration.ofHours(24)));
        add(fact("crm.brief.submitted", D2, Duration.ofHours(24).plusMillis(1)));
        add(fact("legal.approved", "legal:case:L-1", Duration.ofHours(25), "crm:deal:D-3"));

        assertThat(effects()).containsExactly(D1 + " pending", D2 + " suppressed too-old", "crm:deal:D-3 pending");
    }

    @Test
    void without_a_gateway_effects_are_suppressed() {
        store = store(false, REACTIONS);
        add(brief(D1));

        assertThat(effects()).containsExactly(D1 + " suppressed no-gateway");
    }

    @Test
    void without_reactions_there_are_none() {
        store = store(true, List.of());
        add(brief(D1));

        assertThat(effects()).isEmpty();
    }

    @Test
    void a_fact_of_two_deals_has_an_effect_in_each() {
        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D1, D2));
        add(fact("legal.approved", "legal:case:L-1", Duration.ofHours(1), "docflow:contract:K-1"));

        assertThat(effects()).containsExactly(D1 + " pending", D2 + " pending");
    }

    @Test
    void a_fact_that_waits_for_its_link_has_its_effect_when_the_link_comes_and_only_once() {
        add(fact("legal.approved", "legal:case:L-1", Duration.ofHours(1), "docflow:contract:K-1"));
        assertThat(effects()).isEmpty();

        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D1));
        assertThat(effects()).containsExactly(D1 + " pending");

        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D1));
        assertThat(effects()).containsExactly(D1 + " pending");

        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D2));
        assertThat(effects()).containsExactly(D1 + " pending", D2 + " pending");
    }

    @Test
    void a_replayed_fact_whose_link_comes_later_is_suppressed_then() {
        store.add(List.of(
                told(fact("legal.approved", "legal:case:L-1", Duration.ofHours(1), "docflow:contract:K-1"), true)));
        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D1));

        assertThat(effects()).containsExactly(D1 + " suppressed replayed");
    }

    @Test
    void a_fact_that_is_taken_back_already_has_none() {
        Fact brief = brief(D1);
        Fact other = brief(D2);
        add(retraction(brief));
        add(brief);
        add(other, retraction(other));

        assertThat(effects()).isEmpty();
    }

    @Test
    void what_is_rebuilt_republished_or_folded_again_makes_none() throws Exception {
        add(brief(D1), fact("legal.approved", "legal:case:L-1", Duration.ofHours(1), D1));
        jdbc().sql("DELETE FROM effects").update();

        store.rebuild();
        foldAll();
        store.republish();
        foldAll();
        store.refold();
        foldAll();
        try (SettingInUse _ = SettingInUse.announce(
                database.dataSource().getConnection(),
                new ActiveRuleSet(RuleSets.identity("strict-table"), "", ActiveRuleSet.Check.NONE))) {
            foldAll();
        }
        jdbc().sql("TRUNCATE event_ids, objects, links, deal_references, placements, deals")
                .update();
        store.rebuild();
        foldAll();

        assertThat(jdbc().sql("SELECT known FROM deals").query(Boolean.class).single())
                .isTrue();
        assertThat(effects()).isEmpty();
    }

    private void foldAll() {
        while (store.settlePending(100) > 0) {
            // Until none waits.
        }
    }

    @Test
    void effects_come_and_go_with_the_batch_that_brings_them() {
        Fact refused = with(brief(D2), Map.of("budget", "\0"));

        assertThatThrownBy(() -> add(brief(D1), refused)).isInstanceOf(StoreException.class);

        assertThat(effects()).isEmpty();
        assertThat(entered("pending")).isZero();
    }

    @Test
    void a_batch_writes_all_its_effects_with_one_statement() {
        Fact[] briefs = new Fact[300];
        for (int i = 0; i < briefs.length; i++) {
            briefs[i] = brief("crm:deal:many-" + i);
        }
        add(briefs);

        // Rows of one statement have command ids of one statement.
        assertThat(jdbc().sql("SELECT count(*), count(DISTINCT cmin::text), count(DISTINCT xmin::text) FROM effects")
                        .query((row, _) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                        .single())
                .containsExactly(300, 1, 1);
    }
}
