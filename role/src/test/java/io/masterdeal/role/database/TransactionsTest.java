package io.masterdeal.role.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work in a transaction, and what is told when it fails. */
class TransactionsTest {

    private final SQLException gone = new SQLException("This connection has been closed.", "08003");

    private final List<String> calls = new ArrayList<>();

    @Test
    void a_rollback_that_fails_does_not_hide_why() {
        SQLException cause = new SQLException("value too long", "22001");

        assertThatThrownBy(() -> Transactions.runOnce(connection("rollback"), _ -> {
                    throw cause;
                }))
                .isSameAs(cause)
                .hasSuppressedException(gone);
        assertThat(calls).containsExactly("setAutoCommit", "rollback");
    }

    @Test
    void an_error_goes_on_as_it_is_and_the_transaction_is_taken_back() {
        OutOfMemoryError cause = new OutOfMemoryError("Java heap space");

        assertThatThrownBy(() -> Transactions.runOnce(connection("none"), _ -> {
                    throw cause;
                }))
                .isSameAs(cause);
        assertThat(calls).containsExactly("setAutoCommit", "rollback", "setAutoCommit");
    }

    @Test
    void what_is_done_is_committed() throws SQLException {
        assertThat(Transactions.<Integer>runOnce(connection("none"), _ -> 7)).isEqualTo(7);
        assertThat(calls).containsExactly("setAutoCommit", "commit", "setAutoCommit");
    }

    private Connection connection(String failing) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, _) -> {
                    calls.add(method.getName());
                    if (method.getName().equals(failing)) {
                        throw gone;
                    }
                    return null;
                });
    }
}
