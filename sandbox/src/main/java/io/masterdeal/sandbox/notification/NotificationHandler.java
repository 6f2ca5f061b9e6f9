package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.system.Refusal;

/** Handles events; an event has been handled when this returns. */
interface NotificationHandler {

    /**
     * Handles an event, which may have been handled before.
     *
     * @throws Refusal if it cannot be handled, now or ever
     */
    Effect take(Notification notification);

    /** The effect of an event. */
    enum Effect {
        /** It was new and is stored. */
        KEPT,
        /** Something newer was stored already; nothing changed. */
        STALE
    }
}
