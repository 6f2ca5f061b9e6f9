package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.system.Refusal;

/** What somebody does with events; an event is taken when this returns. */
interface NotificationHandler {

    /**
     * Takes an event, which may have been taken before.
     *
     * @throws Refusal if it cannot be taken now, or never
     */
    Effect take(Notification notification);

    /** What came of an event that was taken. */
    enum Effect {
        /** It is known now. */
        KEPT,
        /** Something newer was known already; nothing changed. */
        STALE
    }
}
