package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.Told.CLOSEOUT;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.day;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.id;
import static io.masterdeal.model.proof.Told.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Since when an outcome holds, and by which facts. */
class OutcomeFindingTest {

    private static final Fact LOST = fact(20, DEAL, "Deal Lost", 5, 10);

    private static final Fact OPEN_AGAIN = fact(21, DEAL, "Offer Sent", 6, 12);

    private static final Fact CLOSED = fact(22, CLOSEOUT, "Closeout Completed", 1, 11, DEAL);

    private static final Fact NOT_CLOSED = fact(23, CLOSEOUT, "Closeout Started", 2, 13);

    @Test
    void a_deal_that_was_open_all_the_time_has_none() {
        assertThat(finding(START)).isEqualTo(new OutcomeFinding(null, List.of()));
    }

    @Test
    void a_lost_deal_is_so_since_the_fact_that_says_it_also_if_it_is_closed() {
        var expected = new OutcomeFinding(day(10), List.of(id(20)));

        assertThat(finding(with(START, LOST))).isEqualTo(expected);
        assertThat(finding(with(START, LOST, CLOSED))).isEqualTo(expected);
    }

    @Test
    void a_deal_is_won_since_the_step_to_the_last_stage() {
        OutcomeFinding finding = finding(with(START, CLOSED));

        assertThat(finding.since()).isEqualTo(day(11));
        assertThat(finding.evidence()).contains(id(22));
    }

    @Test
    void a_deal_is_open_again_since_the_fact_that_took_the_end_back() {
        var expected = new OutcomeFinding(day(12), List.of(id(21)));

        assertThat(finding(with(START, LOST, OPEN_AGAIN))).isEqualTo(expected);
        assertThat(finding(with(START, LOST, OPEN_AGAIN, fact(24, DEAL, "Something Later", 7, 14))))
                .isEqualTo(expected);
    }

    @Test
    void a_deal_is_open_again_since_the_step_back_from_the_last_stage() {
        OutcomeFinding finding = finding(with(START, CLOSED, NOT_CLOSED));

        assertThat(finding.since()).isEqualTo(day(13));
        assertThat(finding.evidence()).contains(id(23));
    }

    private static OutcomeFinding finding(List<Fact> facts) {
        ObjectKey root = new ObjectKey(DEAL);
        return OutcomeFinding.of(
                root, DEFAULT, DealFold.of(root, DEFAULT, facts).state());
    }
}
