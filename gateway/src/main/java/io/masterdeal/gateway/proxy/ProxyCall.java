package io.masterdeal.gateway.proxy;

import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.function.Predicate;

/**
 * A request that the proxy passes on.
 *
 * @param caller the principal, known by its key
 */
record ProxyCall(Upstream upstream, URI target, String caller, HttpServletRequest request) {
    /**
     * The request to the upstream.
     *
     * @throws RefusedRequestException if it is not a valid HTTP request
     */
    HttpRequest to(byte[] body) {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                    .timeout(upstream.timeout())
                    .method(request.getMethod(), publisher(body));
            Predicate<String> passes = PassedHeaders.upstream(Collections.list(request.getHeaders("Connection")));
            for (String name : Collections.list(request.getHeaderNames())) {
                if (passes.test(name)) {
                    Collections.list(request.getHeaders(name)).forEach(value -> builder.header(name, value));
                }
            }
            builder.setHeader(PassedHeaders.CALLER, caller);
            if (upstream.key() != null) {
                builder.setHeader("Authorization", "Bearer " + upstream.key());
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new RefusedRequestException(
                    ProblemType.UNREADABLE_REQUEST, "The method or a header is none of HTTP: nothing was passed on.");
        }
    }

    private static HttpRequest.BodyPublisher publisher(byte[] body) {
        return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    }
}
