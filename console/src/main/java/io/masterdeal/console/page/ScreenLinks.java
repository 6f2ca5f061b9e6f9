package io.masterdeal.console.page;

import io.masterdeal.console.platform.QueryPath;
import io.masterdeal.console.platform.RoleName;

/** Where pages link to what another screen shows. */
public final class ScreenLinks {

    private ScreenLinks() {}

    /** A deal, by its id or the key of its root. */
    public static String deal(String id) {
        return "/deals/" + QueryPath.encoded(id);
    }

    /** Any object, event or correlation, which the search finds. */
    public static String anything(String key) {
        return QueryPath.of("/search").with("q", key).toString();
    }

    /** The way of an event. */
    public static String event(String id) {
        return QueryPath.of("/trace").with("event_id", id).toString();
    }

    /** An operation of a role. */
    public static String operation(RoleName role, String id) {
        return "/operations/" + role.text() + "/" + QueryPath.encoded(id);
    }
}
