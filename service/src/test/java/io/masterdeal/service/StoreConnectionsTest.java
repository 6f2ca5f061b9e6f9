package io.masterdeal.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.facts.BatchReport;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.RunningService;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The intake stores whatever else goes on. */
class StoreConnectionsTest {

    @Test
    void taking_all_other_connections_takes_none_of_the_intake() throws Exception {
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
                    .add(List.of(ReceivedStatement.of(
                            Fact.of(
                                    UUID.randomUUID(),
                                    "crm.deal.created",
                                    new ObjectKey("crm:deal:store-connections"),
                                    "Deal Created",
                                    null,
                                    Instant.ofEpochMilli(1_000_000),
                                    List.of(),
                                    Map.of(),
                                    null),
                            new Provenance("/test", null, null, null, false, "test-0@0"))));

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
