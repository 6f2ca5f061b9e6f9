package io.masterdeal.console.board;

import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.role.kafka.TopicsLifecycle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BoardConfiguration {

    @Bean
    TopicsLifecycle topics(TopicsAtStart topics) {
        return new TopicsLifecycle(topics);
    }

    @Bean
    ColumnBoard board(RuleSetInUse rules, Clock clock, MeterRegistry meters) {
        ColumnBoard board = new ColumnBoard(rules::stages, clock);
        Gauge.builder("masterdeal.board.deals", board, ColumnBoard::size)
                .description("Deals on the board")
                .register(meters);
        Gauge.builder("masterdeal.board.version", board, ColumnBoard::version)
                .description("Changes of the board since this process started")
                .register(meters);
        return board;
    }

    @Bean
    BoardStore boardStore(DataSource database) {
        return new BoardStore(database, BoardIntake.TOPIC);
    }

    @Bean
    BoardFill boardFill(Roles roles, ColumnBoard board, BoardStore store) {
        return new BoardFill(new ServiceDeals(roles), board, store, Duration.ofSeconds(10));
    }

    @Bean
    BoardWriter boardWriter(BoardStore store, ColumnBoard board, BoardFill fill, Clock clock, MeterRegistry meters) {
        Counter differences = Counter.builder("masterdeal.board.trend.differences")
                .description("Counts of the trend that a recount found wrong")
                .register(meters);
        return new BoardWriter(store, board, fill, clock, differences::increment);
    }

    @Bean
    BoardIntake boardIntake(
            KafkaSettings settings,
            Admin admin,
            EventSerde serde,
            ColumnBoard board,
            BoardFill fill,
            BoardWriter writer) {
        return new BoardIntake(settings, admin, serde, board, fill, writer);
    }

    @Bean
    Gauge boardLag(BoardIntake intake, MeterRegistry meters) {
        return Gauge.builder("masterdeal.board.lag.events", intake, BoardIntake::lag)
                .description("Canonical events that are not read into the board yet")
                .register(meters);
    }

    @Bean
    BoardHealth boardHealthIndicator(ColumnBoard board, BoardIntake intake) {
        return new BoardHealth(board, intake);
    }
}
