package io.masterdeal.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.service.servers.RunningService;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The intake stores whatever else goes on. */
class StoreConnectionsTest {

    @Test
    void who_takes_all_other_connections_takes_none_of_the_intake() throws Exception {
        // given
        RunningService service = RunningService.shared();
        HikariDataSource others = service.bean(DataSource.class).unwrap(HikariDataSource.class);
        Deque<Connection> taken = new ArrayDeque<>();
        try {
            while (others.getHikariPoolMXBean().getActiveConnections() < others.getMaximumPoolSize()) {
                taken.push(others.getConnection());
            }

            // when
            BatchReport report = service.bean(FactStore.class)
                    .add(Histories.received(List.of(Histories.fact(
                            UUID.randomUUID(), "crm:deal:store-connections", "Deal Created", 1_000_000))));

            // then
            assertThat(report.added()).isEqualTo(1);
            assertThat(taken).isNotEmpty();
        } finally {
            while (!taken.isEmpty()) {
                taken.pop().close();
            }
        }
    }
}
