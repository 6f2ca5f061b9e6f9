package io.masterdeal.role.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the topics before the web server, which starts in one of the last phases, takes its first request. */
public final class TopicsLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TopicsLifecycle.class);

    private final TopicsAtStart topics;
    private volatile boolean running;

    /**
     * @param topics to be made
     */
    public TopicsLifecycle(TopicsAtStart topics) {
        this.topics = topics;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        topics.ensure();
        log.info("Kafka has the topics of all domains");
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
