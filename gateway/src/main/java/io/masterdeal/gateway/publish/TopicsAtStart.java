package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes sure that the topics of the catalog are there, before the server takes its first request. */
final class TopicsAtStart implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);

    private final Admin admin;
    private final EventCatalog catalog;
    private final PublishSettings.Topics form;
    private volatile boolean running;

    TopicsAtStart(Admin admin, EventCatalog catalog, PublishSettings.Topics form) {
        this.admin = admin;
        this.catalog = catalog;
        this.form = form;
    }

    /** Before the web server, which starts in one of the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        Topics.ensure(
                admin,
                catalog,
                new Topics.Layout(form.partitions(), form.replicationFactor()),
                new Topics.Keeping(form.retention(), form.errorRetention()));
        LOG.info("Kafka has the topics of all domains");
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
