package io.masterdeal.role.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics of the catalog are there, and that nothing gets lost in them. */
public final class TopicsAtStart {

    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);

    private final Admin admin;

    private final EventCatalog catalog;

    private final Topics.Layout layout;

    private final Topics.Keeping keeping;

    /**
     * @param admin makes them; the caller closes it
     * @param catalog tells which topics there are
     * @param layout of new topics
     * @param keeping how long topics are to keep their records
     */
    public TopicsAtStart(Admin admin, EventCatalog catalog, Topics.Layout layout, Topics.Keeping keeping) {
        this.admin = admin;
        this.catalog = catalog;
        this.layout = layout;
        this.keeping = keeping;
    }

    /** Makes those that are missing. */
    public void ensure() {
        Topics.ensure(admin, catalog, layout, keeping);
    }

    /** Warns of those that are set so that something may get lost in them. */
    public void check() {
        try {
            Topics.weaknesses(admin, catalog, keeping).forEach(log::warn);
        } catch (IllegalStateException e) {
            // Whoever may not look at settings may read and write all the same.
            log.warn("whether the topics keep what they are given was not looked at: {}", e.getMessage());
        }
    }
}
