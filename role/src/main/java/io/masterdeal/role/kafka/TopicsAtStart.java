package io.masterdeal.role.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of the catalog, and checks that their settings lose no events. */
public final class TopicsAtStart {

    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);

    private final Admin admin;

    private final EventCatalog catalog;

    private final Topics.Layout layout;

    private final Topics.Keeping keeping;

    /**
     * @param admin creates them; the caller closes it
     * @param catalog names the topics
     * @param layout of new topics
     * @param keeping how long topics keep their records
     */
    public TopicsAtStart(Admin admin, EventCatalog catalog, Topics.Layout layout, Topics.Keeping keeping) {
        this.admin = admin;
        this.catalog = catalog;
        this.layout = layout;
        this.keeping = keeping;
    }

    /** Creates missing topics. */
    public void ensure() {
        Topics.ensure(admin, catalog, layout, keeping);
    }

    /** Warns of topics whose settings may lose events. */
    public void check() {
        try {
            Topics.weaknesses(admin, catalog, keeping).forEach(log::warn);
        } catch (IllegalStateException e) {
            // A login without the right to read settings may still read and write records.
            log.warn("the settings of the topics could not be checked: {}", e.getMessage());
        }
    }
}
