package io.masterdeal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.role.database.Sql;
import io.masterdeal.service.servers.RunningService;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/** How ids go to PostgreSQL and come back over the connections of a running service. */
class BinaryUuidsTest {

    private static final List<@Nullable UUID> IDS = Arrays.asList(new UUID(7, 9), null, new UUID(-1, 0));

    @Test
    void arrays_of_ids_are_sent_in_binary_form_and_come_back_as_they_were() throws Exception {
        try (Connection connection =
                RunningService.shared().bean(DataSource.class).getConnection()) {
            // given
            Sql sql = new Sql(connection);

            // then: the fallback to text would go unnoticed
            assertThat(connection
                            .unwrap(BaseConnection.class)
                            .getQueryExecutor()
                            .useBinaryForSend(Oid.UUID_ARRAY))
                    .isTrue();
            // Often enough for the driver to prepare the statement on the server.
            for (int i = 0; i < 7; i++) {
                assertThat(sql.query("SELECT unnest(?)", row -> row.getObject(1, UUID.class), new Sql.Uuids(IDS)))
                        .isEqualTo(IDS);
                assertThat(sql.query("SELECT unnest(?)", row -> row.getObject(1), new Sql.Uuids(List.of())))
                        .isEmpty();
                assertThat(sql.query("SELECT ?", row -> (UUID[]) row.getArray(1).getArray(), new Sql.Uuids(IDS)))
                        .containsExactly(IDS.toArray(UUID[]::new));
            }
        }
    }
}
