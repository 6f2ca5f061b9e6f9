package io.masterdeal.console.notices;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Sends HTTP requests for webhooks, chats and the watchdog. Follows no redirect, so that secrets go nowhere else. */
final class HttpTarget implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 64 << 10;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * Sends one.
     *
     * @param where of the address without secrets, for messages
     * @throws NoticeException if the answer is not 2xx, or there is none
     */
    void send(String method, URI url, Map<String, String> headers, byte[] body, String where) throws NoticeException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            if (answer.statusCode() / 100 != 2) {
                throw new NoticeException(where + " answers " + answer.statusCode());
            }
        } catch (IOException e) {
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new NoticeException(where + " does not answer: " + what.replace(url.toString(), where), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoticeException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
