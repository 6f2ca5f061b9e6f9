package io.masterdeal.gateway.proxy;

import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the systems. Answers are streamed; none is ever kept as a whole. */
final class UpstreamClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The most concurrent calls of one system; one that hangs must not use up all connections of the gateway. */
    private static final int UNDER_WAY = 200;

    private static final int BUFFER = 16 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final StallWatch watch = new StallWatch();
    private final ConcurrentHashMap<String, Semaphore> permits = new ConcurrentHashMap<>();

    /**
     * Passes on a call and its answer.
     *
     * @param body of the call, may be empty
     * @throws RefusedRequestException if there is no answer; then nothing has been written
     * @throws IOException if one of the two connections breaks in the middle of the answer
     */
    void pass(ProxyCall call, byte[] body, HttpServletResponse response) throws IOException {
        Semaphore free = permits.computeIfAbsent(call.upstream().name(), _ -> new Semaphore(UNDER_WAY));
        if (!free.tryAcquire()) {
            throw new RefusedRequestException(
                    ProblemType.ROUTE_BUSY,
                    UNDER_WAY + " calls wait for " + call.upstream().name() + " already; nothing was passed on.");
        }
        try {
            HttpResponse<InputStream> answer = send(call, body);
            try (InputStream in = answer.body()) {
                begin(answer, response);
                copy(call, in, response.getOutputStream());
            }
        } finally {
            free.release();
        }
    }

    private HttpResponse<InputStream> send(ProxyCall call, byte[] body) {
        String name = call.upstream().name();
        try {
            return client.send(call.to(body), BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw away(call, e, "Nothing was passed on; try again later.");
        } catch (HttpTimeoutException e) {
            LOG.warn(
                    "{} has not answered within {}",
                    call.upstream(),
                    call.upstream().timeout());
            throw new RefusedRequestException(
                    ProblemType.UPSTREAM_TIMEOUT,
                    name + " has not answered within "
                            + call.upstream().timeout().toMillis()
                            + " ms. It is not known whether it did what was asked.");
        } catch (IOException e) {
            throw away(call, e, "It is not known whether it got the call.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(call, e, "The gateway stops; it is not known whether the call was passed on.");
        }
    }

    private static RefusedRequestException away(ProxyCall call, Exception why, String what) {
        LOG.warn("{} cannot be reached: {}", call.upstream(), why.toString());
        return new RefusedRequestException(
                ProblemType.UPSTREAM_AWAY, call.upstream().name() + " does not answer. " + what);
    }

    private static void begin(HttpResponse<?> answer, HttpServletResponse response) {
        response.setStatus(answer.statusCode());
        Predicate<String> passes = PassedHeaders.downstream(answer.headers().allValues("connection"));
        answer.headers().map().forEach((name, values) -> {
            if (passes.test(name)) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
        answer.headers().firstValueAsLong("content-length").ifPresent(response::setContentLengthLong);
    }

    private void copy(ProxyCall call, InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (StallWatch.Watched watched = watch.over(in, call.upstream().timeout())) {
            while (true) {
                int read;
                try {
                    read = in.read(buffer);
                } catch (IOException e) {
                    LOG.warn("the answer of {} breaks off: {}", call.upstream(), e.toString());
                    // The caller has the beginning, and must not take it for the whole.
                    throw new CloseNowException("the upstream's answer breaks off", e);
                }
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                if (in.available() == 0) {
                    out.flush();
                }
                watched.moved();
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        watch.close();
    }
}
