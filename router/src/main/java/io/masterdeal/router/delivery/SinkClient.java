package io.masterdeal.router.delivery;

import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to sinks. It connects only to allowed addresses, whatever a host name resolves to at that moment; it follows
 * no redirects, uses no proxy, keeps no cookies and retries nothing. Thread-safe.
 */
final class SinkClient implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /** The workers limit the number of requests under way. */
    private static final int MOST_CONNECTIONS = 20_000;

    private static final int KEPT = 500;

    private static final int MOST_READ = 64 * 1024;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(16 * 1024)
            .build();

    private final ExecutorService threads = Workers.perTask("sink-");

    private final CloseableHttpClient http;

    /**
     * @param allowed where it may connect to
     */
    SinkClient(AllowedSinks allowed) {
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(LIMITS)
                                .build())
                        .setDnsResolver(new Checked(allowed))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    /** The only place where host names are resolved. */
    private record Checked(AllowedSinks allowed) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return allowed.resolve(host, port);
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": no port is given");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * The reply of a sink.
     *
     * @param text the beginning of the body
     * @param retryAfter value of the header of that name; empty if there is none
     */
    record Reply(int status, String text, String retryAfter) {}

    /**
     * Sends a request by POST.
     *
     * @param timeout for the whole exchange
     * @return completes within about the timeout, exceptionally if there is no valid response
     */
    CompletableFuture<Reply> post(URI url, Map<String, String> headers, byte[] body, Duration timeout) {
        HttpPost request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, null));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .setResponseTimeout(Timeout.of(timeout))
                .build());
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        var _ = threads.submit(() -> {
            try (ClassicHttpResponse response = http.executeOpen(null, request, null)) {
                reply.complete(read(response));
            } catch (IOException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, failure) -> {
            if (failure instanceof TimeoutException) {
                request.cancel(); // Closes its connection.
            }
        });
    }

    /** A body that is too long is cut off; its connection is closed and not used again. */
    private static Reply read(ClassicHttpResponse response) throws IOException {
        Header retryAfter = response.getFirstHeader("Retry-After");
        HttpEntity entity = response.getEntity();
        byte[] kept = new byte[0];
        if (entity != null) {
            try (InputStream in = entity.getContent()) {
                kept = in.readNBytes(KEPT);
                // A connection whose response is not read to its end cannot be reused.
                if (in.readNBytes(MOST_READ).length == MOST_READ) {
                    response.close();
                }
            }
        }
        return new Reply(
                response.getCode(),
                // PostgreSQL cannot hold U+0000, neither in text nor in jsonb.
                new String(kept, StandardCharsets.UTF_8).replace('\0', ' ').strip(),
                retryAfter == null || retryAfter.getValue() == null ? "" : retryAfter.getValue());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
