package io.masterdeal.facts;

import java.util.Locale;

/** Why an object reaches no known deal. The first that holds is kept. */
public enum OrphanReason {

    /** It links to an object of which no standing fact is known. */
    UNKNOWN_PARENT,

    /** It names the id of a deal that is not known. */
    UNKNOWN_DEAL,

    /** It links to objects with facts, and none of them reaches a deal. */
    NO_ROOT,

    /** It named a parent or a deal, and that was retracted. */
    LINK_RETRACTED,

    /** None of its facts names a parent or a deal. */
    NO_PARENT;

    /** The name in tables and answers: {@code unknown_parent}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
