package io.masterdeal.effects;

import io.masterdeal.model.ObjectKind;

/** Why an effect is suppressed or failed, as the table and the API have it. */
final class Reasons {

    /** The event was replayed. */
    static final String REPLAYED = "replayed";

    /** The event happened longer ago than the reaction allows. */
    static final String TOO_OLD = "too-old";

    /** There is no gateway to send through. */
    static final String NO_GATEWAY = "no-gateway";

    /** The gateway has no route to the other system. */
    static final String NO_ROUTE = "no-route";

    /** The fact was taken back before the other system accepted the request. */
    static final String RETRACTED = "retracted";

    /** The fact does not belong to the deal any more. */
    static final String LEFT_DEAL = "left-deal";

    /** The reaction was taken out of the configuration. */
    static final String NO_REACTION = "no-reaction";

    /** What was told about the clock was taken back before a task was asked for. */
    static final String TAKEN_BACK = "taken-back";

    /** A task may have been made that cannot be closed, since the other system does not say which it is. */
    static final String NO_KEY = "no-key";

    /** The other system, or the gateway, refused the request. */
    static final String REFUSED = "refused";

    /** Every attempt failed. */
    static final String GAVE_UP = "gave-up";

    private Reasons() {}

    /** The condition of the reaction that forbids it holds. */
    static String unlessLive(ObjectKind kind) {
        return "unless live " + kind;
    }
}
