package io.masterdeal.router.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.router.servers.LedgerDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A former leader can write nothing, even if it still believes that it is the leader. */
class LeaderEpochTest {

    private final LedgerDatabase database = new LedgerDatabase("term");

    private final Transactions transactions = database.transactions();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_epoch_ends_when_a_newer_one_begins() throws Exception {
        // given
        LeaderEpoch former = new LeaderEpoch(transactions);
        LeaderEpoch present = new LeaderEpoch(transactions);
        former.begin();
        assertThatCode(() -> check(former)).doesNotThrowAnyException();

        // when
        present.begin();

        // then
        assertThatThrownBy(() -> check(former))
                .isInstanceOf(FencedException.class)
                .hasMessage("another router is the leader now: its epoch is 2, ours was 1");
        assertThatCode(() -> check(present)).doesNotThrowAnyException();
    }

    @Test
    void a_process_without_an_epoch_can_write_nothing() {
        assertThatThrownBy(() -> check(new LeaderEpoch(transactions))).isInstanceOf(FencedException.class);
    }

    private void check(LeaderEpoch epoch) throws SQLException {
        transactions.run(connection -> {
            epoch.check(new Sql(connection));
            return true;
        });
    }
}
