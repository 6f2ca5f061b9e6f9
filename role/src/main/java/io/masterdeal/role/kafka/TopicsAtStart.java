package io.masterdeal.role.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;

/** Sees to it that the topics of the catalog are there. */
public final class TopicsAtStart {

    private final Admin admin;

    private final EventCatalog catalog;

    private final Topics.Layout layout;

    /**
     * @param admin makes them; the caller closes it
     * @param catalog tells which topics there are
     * @param layout of new topics
     */
    public TopicsAtStart(Admin admin, EventCatalog catalog, Topics.Layout layout) {
        this.admin = admin;
        this.catalog = catalog;
        this.layout = layout;
    }

    /** Makes those that are missing. */
    public void ensure() {
        Topics.ensure(admin, catalog, layout);
    }
}
