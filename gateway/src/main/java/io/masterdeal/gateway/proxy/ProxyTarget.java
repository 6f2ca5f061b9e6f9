package io.masterdeal.gateway.proxy;

import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address behind a route. Path and query go there as they came, byte for byte: an object's key may have a {@code :} or an
 * encoded {@code /} in it, and whoever decodes it here and encodes it again sends another key.
 */
final class ProxyTarget {
    /** What a careless server may take for the end of a segment. */
    private static final Pattern SLASHES = Pattern.compile("[/\\\\]");

    private ProxyTarget() {}

    /**
     * Where a request goes.
     *
     * @param rawPath as it came, beginning with the route's name
     * @param rawQuery as it came; null if there is none
     * @throws RefusedException if the path leads out of what is the route's, or is none
     */
    static URI of(Upstream upstream, String rawPath, @Nullable String rawQuery) {
        for (String segment : rawPath.split("/", -1)) {
            if (leadsUp(segment)) {
                throw new RefusedException(
                        ProblemType.UNREADABLE_REQUEST,
                        "The path may have no '..' in it, encoded or not. Send the path that is meant.");
            }
        }
        String path = rawPath;
        if (upstream.stripPrefix()) {
            path = rawPath.substring(1 + upstream.name().length());
            path = path.isEmpty() ? "/" : path;
        }
        try {
            return URI.create(upstream.base() + path + (rawQuery == null ? "" : "?" + rawQuery));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    ProblemType.UNREADABLE_REQUEST, "Percent-encode path and query as RFC 3986 says.");
        }
    }

    /** Whether any server might see a step up in the segment: encoded, with parameters, or behind an encoded slash. */
    private static boolean leadsUp(String segment) {
        String decoded;
        try {
            decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ProblemType.UNREADABLE_REQUEST, "Percent-encode the path as RFC 3986 says.");
        }
        for (String part : SLASHES.split(decoded, -1)) {
            int parameters = part.indexOf(';');
            if ((parameters < 0 ? part : part.substring(0, parameters)).equals("..")) {
                return true;
            }
        }
        return false;
    }
}
