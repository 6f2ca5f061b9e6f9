package io.masterdeal.service;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.service.intake.Intaking;
import io.masterdeal.service.publish.Publishing;
import io.masterdeal.service.rules.RuleSets;
import io.masterdeal.service.store.RuleSetGuard;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The order in which the service starts: the rule set is announced, the topics are there, the relay's slot is there, and
 * only then events are taken in. It stops the other way round.
 */
@Component
class ServiceLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ServiceLifecycle.class);

    private final EventCatalog catalog;

    private final Admin admin;

    private final Publishing publishing;

    private final Intaking intaking;

    private final Topics.Layout topicLayout;

    private final RuleSetGuard ruleSetGuard;

    private volatile boolean running;

    ServiceLifecycle(
            DataSource dataSource,
            EventCatalog catalog,
            Admin admin,
            Publishing publishing,
            Intaking intaking,
            @Value("${masterdeal.rules:default}") String rules,
            @Value("${masterdeal.topics.partitions:3}/${masterdeal.topics.replication-factor:1}") String topicLayout) {
        this.ruleSetGuard = new RuleSetGuard(dataSource, RuleSets.identity(rules), this::stopTakingIn);
        this.catalog = catalog;
        this.admin = admin;
        this.publishing = publishing;
        this.intaking = intaking;
        this.topicLayout = Topics.Layout.parse(topicLayout);
    }

    @Override
    public void start() {
        ruleSetGuard.start();
        Topics.ensure(admin, catalog, topicLayout);
        publishing.start();
        intaking.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            intaking.stop();
            publishing.stop();
            ruleSetGuard.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers made by two rule sets in turn would be no answers. */
    private void stopTakingIn(IllegalStateException otherRules) {
        log.error("this process takes no more events in: {}", otherRules.getMessage());
        try {
            intaking.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
