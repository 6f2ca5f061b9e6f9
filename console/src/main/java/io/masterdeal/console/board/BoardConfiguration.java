package io.masterdeal.console.board;

import io.masterdeal.console.platform.RuleSetInUse;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.role.kafka.TopicsLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BoardConfiguration {

    @Bean
    TopicsLifecycle topics(TopicsAtStart topics) {
        return new TopicsLifecycle(topics);
    }

    @Bean
    MemoryBoard board(RuleSetInUse rules) {
        return new MemoryBoard(rules::stages);
    }

    @Bean
    BoardIntake boardIntake(KafkaSettings settings, EventSerde serde, MemoryBoard board) {
        return new BoardIntake(settings, serde, board);
    }
}
