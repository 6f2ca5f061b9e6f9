package io.masterdeal.role.http;

import io.masterdeal.role.connection.GuardedProtocol;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Discards the rest of a body that was not read to its end, so that a sender that is still sending sees the answer instead of a
 * broken connection. After some time or size the connection is closed. Runs first of all filters.
 */
final class LeftoverFilter extends OncePerRequestFilter {
    private static final int MOST = 16 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int BUFFER = 16 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (RequestBodies.has(request) && !request.isAsyncStarted() && isLeft(request)) {
            response.flushBuffer();
            GuardedProtocol.answered(request);
            drop(request.getInputStream());
        }
    }

    /** A sender that waits for {@code 100 Continue} sends nothing after an answer; Tomcat closes such a connection by itself. */
    private static boolean isLeft(HttpServletRequest request) throws IOException {
        return request.getHeader("Expect") == null && !request.getInputStream().isFinished();
    }

    private static void drop(InputStream in) throws IOException {
        long begin = System.nanoTime();
        byte[] buffer = new byte[BUFFER];
        int dropped = 0;
        while (dropped <= MOST && System.nanoTime() - begin < PATIENCE.toNanos()) {
            int read;
            try {
                read = in.read(buffer);
            } catch (IOException e) {
                // The sender is gone, or the connection was closed early.
                return;
            }
            if (read < 0) {
                return;
            }
            dropped += read;
        }
        throw new CloseNowException("the unread rest of a body is too long");
    }
}
