package io.masterdeal.gateway.proxy;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which headers the proxy passes on; some are about one connection only (RFC 9110, section 7.6.1). */
final class PassedHeaders {
    /** The caller, as the gateway knows it by the key. */
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

    /** Set anew for the next hop, or not for a caller to set. */
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
            // Many servers treat these alike, and would believe a caller that claims to be someone else.
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
            // Names that begin with a colon are not HTTP/1.1. The length is set where it is known.
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
