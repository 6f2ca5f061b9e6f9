package io.masterdeal.sandbox.notification;

import java.util.Map;

/** The receivers of events in the sandbox, by name of the subscription. */
public final class Subscribers {

    /** Legal: signed contracts. */
    static final String LEGAL = "legal";

    /** CRM: stages of deals. */
    static final String CRM = "crm";

    /** Task-Tracker: stages of deals. */
    static final String TASK_TRACKER = "task-tracker";

    /** The layer that provides context to language models: stages of deals. */
    static final String CONTEXT = "context";

    private final Map<String, IdempotentReceiver> byName;

    Subscribers(Map<String, IdempotentReceiver> byName) {
        this.byName = Map.copyOf(byName);
    }

    IdempotentReceiver of(String subscription) {
        IdempotentReceiver receiver = byName.get(subscription);
        if (receiver == null) {
            throw new IllegalArgumentException("there is no subscriber " + subscription);
        }
        return receiver;
    }

    Map<String, IdempotentReceiver> all() {
        return byName;
    }
}
