package io.masterdeal.gateway.proxy;

import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a call at its system. Path and query are passed on byte for byte: an object's key may contain a {@code :} or an
 * encoded {@code /}, and decoding and encoding it again would change the key.
 */
final class ProxyTarget {
    /** What a careless server may treat as the end of a segment. */
    private static final Pattern SLASHES = Pattern.compile("[/\\\\]");

    private ProxyTarget() {}

    /**
     * The address of a request.
     *
     * @param rawPath as sent, beginning with the system's name
     * @param rawQuery as sent; null if there is none
     * @throws RefusedRequestException if the path leads out of the system's paths, or is invalid
     */
    static URI of(Upstream upstream, String rawPath, @Nullable String rawQuery) {
        for (String segment : rawPath.split("/", -1)) {
            if (leadsUp(segment)) {
                throw new RefusedRequestException(
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
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "Percent-encode path and query as RFC 3986 says.");
        }
    }

    /** Whether any server might read the segment as {@code ..}: encoded, with parameters, or after an encoded slash. */
    private static boolean leadsUp(String segment) {
        String decoded;
        try {
            decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "Percent-encode the path as RFC 3986 says.");
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
