package io.masterdeal.sandbox.notification;

import java.util.Map;

/** Who takes events in the sandbox, by the name of the subscription. */
public final class Subscribers {

    /** Legal: contracts that were signed. */
    static final String LEGAL = "legal";

    /** CRM: where deals stand. */
    static final String CRM = "crm";

    /** Task-Tracker: where deals stand. */
    static final String TASK_TRACKER = "task-tracker";

    /** The layer that gives language models their context: where deals stand. */
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
