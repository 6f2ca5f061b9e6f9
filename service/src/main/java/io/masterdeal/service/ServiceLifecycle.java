package io.masterdeal.service;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.service.intake.Intaking;
import io.masterdeal.service.publish.Publishing;
import io.masterdeal.service.rules.RuleSets;
import io.masterdeal.service.store.RuleSetInUse;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The order in which the service starts: the rule set is announced, the topics are there, the relay's slot is there, and
 * only then events are taken in. It stops the other way round.
 */
@Component
class ServiceLifecycle implements SmartLifecycle {

    private final DataSource dataSource;

    private final String rules;

    private final EventCatalog catalog;

    private final Admin admin;

    private final Publishing publishing;

    private final Intaking intaking;

    private final Topics.Layout topicLayout;

    private @Nullable RuleSetInUse ruleSetInUse;

    private volatile boolean running;

    ServiceLifecycle(
            DataSource dataSource,
            EventCatalog catalog,
            Admin admin,
            Publishing publishing,
            Intaking intaking,
            @Value("${masterdeal.rules:default}") String rules,
            @Value("${masterdeal.topics.partitions:3}/${masterdeal.topics.replication-factor:1}") String topicLayout) {
        this.dataSource = dataSource;
        this.rules = rules;
        this.catalog = catalog;
        this.admin = admin;
        this.publishing = publishing;
        this.intaking = intaking;
        this.topicLayout = Topics.Layout.parse(topicLayout);
    }

    @Override
    public void start() {
        try {
            ruleSetInUse = RuleSetInUse.announce(dataSource.getConnection(), RuleSets.identity(rules));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the rule set: " + e.getMessage(), e);
        }
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
            if (ruleSetInUse != null) {
                ruleSetInUse.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection that held the rule set does not close", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
