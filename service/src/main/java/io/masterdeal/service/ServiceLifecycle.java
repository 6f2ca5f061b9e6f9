package io.masterdeal.service;

import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.service.commands.Commanding;
import io.masterdeal.service.intake.Intaking;
import io.masterdeal.service.publish.Publishing;
import io.masterdeal.service.rules.RuleSets;
import io.masterdeal.service.store.RuleSetGuard;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The order in which the service starts: the rule set is announced, the topics are there, the relay's slot is there,
 * effects are sent, and only then events are taken in. It stops the other way round.
 */
@Component
class ServiceLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ServiceLifecycle.class);

    private final TopicsAtStart topics;

    private final Publishing publishing;

    private final Commanding commanding;

    private final Intaking intaking;

    private final RuleSetGuard ruleSetGuard;

    private volatile boolean running;

    ServiceLifecycle(
            DataSource dataSource,
            TopicsAtStart topics,
            Publishing publishing,
            Commanding commanding,
            Intaking intaking,
            @Value("${masterdeal.rules:default}") String rules) {
        this.ruleSetGuard = new RuleSetGuard(dataSource, RuleSets.identity(rules), this::stopWork);
        this.topics = topics;
        this.publishing = publishing;
        this.commanding = commanding;
        this.intaking = intaking;
    }

    @Override
    public void start() {
        ruleSetGuard.start();
        topics.ensure();
        topics.check();
        publishing.start();
        commanding.start();
        intaking.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            intaking.stop();
            commanding.stop();
            publishing.stop();
            ruleSetGuard.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers made by two rule sets in turn would be no answers, nor would be what is sent because of them. */
    private void stopWork(IllegalStateException otherRules) {
        log.error("this process takes no more events in and sends no effects: {}", otherRules.getMessage());
        try {
            intaking.stop();
            commanding.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
