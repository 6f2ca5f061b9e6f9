package io.masterdeal.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.role.database.Sql;
import io.masterdeal.router.servers.LedgerDatabase;
import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.router.subscription.SubscriptionRules;
import io.masterdeal.router.subscription.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written to the ledger, also by a former leader or after an operator. */
class LedgerRulesTest {

    private static final LedgerDatabase DATABASE = new LedgerDatabase("ledger_rules");

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final OffsetDateTime today = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead_lettered", "discarded", "delivered"})
    void the_decision_of_an_operator_stands_against_a_late_outcome(String decided) throws Exception {
        // given
        long id = NUMBERS.incrementAndGet();
        DATABASE.addDay(today);
        DATABASE.addDelivery(id, today, decided);
        LeaderEpoch epoch = new LeaderEpoch(DATABASE.transactions());
        epoch.begin();
        Delivery delivery = new Delivery(message(id), 1, "docflow:contract:K-1", 0, 0);

        // when
        Set<Integer> overruled = new OutcomeTable(DATABASE.transactions(), epoch)
                .note(List.of(new DeliveryOutcome.Postponed(
                        delivery, new DeliveryOutcome.Attempt(Instant.now(), 5, 503, ""), 1, Instant.now())));

        // then
        assertThat(overruled).containsExactly(1);
        assertThat(DATABASE.state(id)).isEqualTo(decided);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "parked", "dead_lettered"})
    void a_day_is_kept_while_it_has_open_deliveries(String state) throws Exception {
        // given
        OffsetDateTime open = today.minusDays(20 + state.length());
        OffsetDateTime done = open.minusDays(30);
        DATABASE.addDay(open);
        DATABASE.addDelivery(NUMBERS.incrementAndGet(), open, state);
        DATABASE.addDay(done);
        DATABASE.addDelivery(NUMBERS.incrementAndGet(), done, "delivered");

        // when
        new TimePartitions(DATABASE.transactions(), 2).maintain();

        // then
        assertThat(hasDay(open)).isTrue();
        assertThat(hasDay(done)).isFalse();
    }

    @Test
    void nobody_changes_a_subscription_while_a_batch_is_being_accepted() throws Exception {
        // given
        Subscriptions subscriptions = new Subscriptions(
                DATABASE.transactions(), new SubscriptionRules(EventCatalog.bundled(), AllowedSinks.parse("", "")));

        DATABASE.transactions().run(connection -> {
            subscriptions.share(new Sql(connection));

            // when, then
            assertThatThrownBy(() -> DATABASE.update(
                            "SET LOCAL lock_timeout = 50;" + " UPDATE subscription_set SET version = version + 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("lock timeout");
            return true;
        });
    }

    private boolean hasDay(OffsetDateTime day) throws SQLException {
        return DATABASE.transactions()
                .run(connection -> new Sql(connection)
                        .query(
                                "SELECT to_regclass(?) IS NOT NULL",
                                row -> row.getBoolean(1),
                                "deliveries_%tY%<tm%<td".formatted(day)))
                .getFirst();
    }

    private LedgerMessage message(long id) {
        return new LedgerMessage(
                id,
                today,
                "docflow.events",
                0,
                id,
                UUID.randomUUID(),
                "docflow.contract.signed",
                "docflow:contract:K-1",
                null,
                null,
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
