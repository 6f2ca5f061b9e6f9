package io.masterdeal.role.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** How long the body of a request may be at each endpoint of a role. Endpoints that are not named take {@value #DEFAULT} bytes. Immutable. */
public final class BodyLimits {
    /** In bytes. */
    public static final int DEFAULT = 64 * 1024;

    /** The default for all endpoints. */
    public static final BodyLimits STANDARD = new BodyLimits(Map.of(), List.of());

    private final Map<PathPattern, Integer> larger;
    private final List<String> elsewhere;

    private BodyLimits(Map<PathPattern, Integer> larger, List<String> elsewhere) {
        this.larger = new TreeMap<>(larger);
        this.elsewhere = List.copyOf(elsewhere);
    }

    /**
     * Sets the limit of an endpoint.
     *
     * @param path as controllers write it, such as {@code /subscriptions/{name}}
     * @param bytes how long a body may be there
     */
    public BodyLimits and(String path, int bytes) {
        var more = new TreeMap<>(larger);
        more.put(PathPatternParser.defaultInstance.parse(path), bytes);
        return new BodyLimits(more, elsewhere);
    }

    /**
     * Names an endpoint that reads bodies itself, with {@link RequestBodies}, because its limit depends on more than the path.
     *
     * @param path the whole path
     */
    public BodyLimits readElsewhere(String path) {
        var more = new ArrayList<>(elsewhere);
        more.add(path);
        return new BodyLimits(larger, more);
    }

    /**
     * How long a body may be.
     *
     * @param path of a request, decoded
     * @return bytes
     */
    public int of(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        for (Map.Entry<PathPattern, Integer> it : larger.entrySet()) {
            if (it.getKey().matches(parsed)) {
                return it.getValue();
            }
        }
        return DEFAULT;
    }

    boolean isReadElsewhere(String path) {
        return elsewhere.contains(path);
    }
}
