package io.masterdeal.gateway.proxy;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which headers pass a route, and which are about one connection only (RFC 9110, section 7.6.1). */
final class PassedHeaders {
    /** Who calls, as the gateway knows it by the key. */
    static final String CALLER = "masterdeal-caller";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Made anew for the next hop, or nothing that a caller may say of itself. */
    private static final Set<String> OF_THE_CALLER_ALONE =
            Set.of("authorization", "host", "content-length", "expect", "forwarded", CALLER);

    private PassedHeaders() {}

    /**
     * Which headers of a request go to the upstream.
     *
     * @param connection values of its header {@code Connection}
     */
    static Predicate<String> upstream(Collection<String> connection) {
        Set<String> nominated = nominated(connection);
        return header -> {
            // Many servers take the one for the other, and would believe a caller who claims to be somebody else.
            String name = header.toLowerCase(Locale.ROOT).replace('_', '-');
            return !HOP_BY_HOP.contains(name)
                    && !OF_THE_CALLER_ALONE.contains(name)
                    && !name.startsWith("x-forwarded-")
                    && !nominated.contains(name);
        };
    }

    /**
     * Which headers of an answer go to the caller.
     *
     * @param connection values of its header {@code Connection}
     */
    static Predicate<String> downstream(Collection<String> connection) {
        Set<String> nominated = nominated(connection);
        return header -> {
            String name = header.toLowerCase(Locale.ROOT);
            // A name that begins with a colon is none of HTTP/1.1. The length is set where it is known.
            return !HOP_BY_HOP.contains(name)
                    && !name.equals("content-length")
                    && !name.startsWith(":")
                    && !nominated.contains(name);
        };
    }

    private static Set<String> nominated(Collection<String> connection) {
        var names = new TreeSet<String>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return names;
    }
}
