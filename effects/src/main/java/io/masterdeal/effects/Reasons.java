package io.masterdeal.effects;

import io.masterdeal.model.ObjectKind;

/** Why an effect is suppressed or failed, as it stands in the table and in answers. */
final class Reasons {

    /** The event was told again rather than new. */
    static final String REPLAYED = "replayed";

    /** The event happened longer ago than the reaction allows. */
    static final String TOO_OLD = "too-old";

    /** There is no gateway to send by. */
    static final String NO_GATEWAY = "no-gateway";

    /** The gateway has no route to the other system. */
    static final String NO_ROUTE = "no-route";

    /** The fact was taken back before the other system took the request. */
    static final String RETRACTED = "retracted";

    /** The fact belongs to the deal no more. */
    static final String LEFT_DEAL = "left-deal";

    /** The reaction was taken out of the configuration. */
    static final String NO_REACTION = "no-reaction";

    /** The other system, or the gateway, refused the request. */
    static final String REFUSED = "refused";

    /** Every attempt came to nothing. */
    static final String GAVE_UP = "gave-up";

    private Reasons() {}

    /** The condition of the reaction that forbids it holds. */
    static String unlessLive(ObjectKind kind) {
        return "unless live " + kind;
    }
}
