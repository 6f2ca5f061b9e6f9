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
 * Takes in what is left of a body that nobody has read to its end, so that its sender, who may still be sending, sees the answer
 * and not a connection that breaks. It does so only for a while and up to some size, then the connection is closed. Comes first of
 * all filters.
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

    /** Who waits to be told to go on sends nothing after an answer; Tomcat closes such a connection by itself. */
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
                // The sender is gone, or the connection was given up: there is nobody to tell.
                return;
            }
            if (read < 0) {
                return;
            }
            dropped += read;
        }
        throw new CloseNowException("the rest of a body that is not wanted does not end");
    }
}
