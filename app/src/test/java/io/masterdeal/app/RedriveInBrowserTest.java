package io.masterdeal.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.Role;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.testbed.browser.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters are redriven by a person in the browser, from the dry run to the delivery: five, and 300 in a long run. */
class RedriveInBrowserTest {

    private static final int LETTERS = TestPlatform.isLong() ? 300 : 5;

    private static final String SUBSCRIPTION = "redrive-in-browser";

    private final AtomicBoolean knows = new AtomicBoolean();

    private TestPlatform platform;

    private HttpServer sink;

    private PlatformClient router;

    private BrowserContext context;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "chromium is not installed");
        platform = TestPlatform.with("default", Role.ALL);
        PlatformAddresses at = platform.addresses();
        router = new PlatformClient(
                "router", Objects.requireNonNull(at.router()), ApiKeys.read(at.apiKeys(), "operator"));
        sink = sink();
        context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("en-GB")
                        .setViewportSize(1280, 900)
                        .setExtraHTTPHeaders(
                                Map.of("Authorization", "Bearer " + ApiKeys.read(at.apiKeys(), "operator"))));
        context.setDefaultTimeout(20_000);
    }

    /** It refuses events of clients that it does not know. */
    private HttpServer sink() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "no such client".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(knows.get() ? 204 : 422, knows.get() ? -1 : answer.length);
            if (!knows.get()) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        if (context != null) {
            context.close();
            router.delete("/subscriptions/" + SUBSCRIPTION);
            sink.stop(0);
            platform.forgetRouted();
        }
    }

    @Test
    void dead_letters_of_a_filter_are_redriven_in_the_browser_until_they_are_delivered() throws Exception {
        // given
        subscribe();
        send();
        await("all are dead letters").atMost(TestPlatform.PATIENCE).until(() -> dead() == LETTERS);
        knows.set(true);
        Page page = context.newPage();
        page.navigate(console("/dead-letters?subscription=" + SUBSCRIPTION));

        // when
        page.getByText("Redrive all of these").click();
        assertThat(page.locator("#selected")).hasText(String.valueOf(LETTERS));
        page.locator("textarea[name=reason]").fill("CRM knows the client now");
        page.getByText("Redrive " + LETTERS + " dead letters").click();

        // then
        assertThat(page.locator("#operation")).hasAttribute("data-state", "done");
        await("all are delivered").atMost(TestPlatform.PATIENCE).until(() -> delivered() == LETTERS);
        String operation = page.url();
        assertThat(outcomes(page)).isEqualTo(LETTERS);
        page.navigate(console("/dead-letters?subscription=" + SUBSCRIPTION));
        assertThat(page.locator("#dead-letters")).containsText("There are no such dead letters.");
        JsonNode deed = router.get("/operator-actions?limit=1").at("/items/0");
        assertThat(deed.path("acted_by").stringValue()).isEqualTo("operator");
        assertThat(deed.path("principal").stringValue()).isEqualTo("console");
        assertThat(deed.path("reason").stringValue()).isEqualTo("CRM knows the client now");
        assertThat(operation).endsWith(deed.path("operation").stringValue());
    }

    /** How many items the pages of the operation call delivered. */
    private static int outcomes(Page page) {
        page.reload();
        int delivered = page.locator("td .badge.ok").count();
        while (page.getByText("Next items").count() > 0) {
            page.getByText("Next items").click();
            delivered += page.locator("td .badge.ok").count();
        }
        return delivered;
    }

    private String console(String path) {
        return Objects.requireNonNull(platform.addresses().console())
                .resolve(path)
                .toString();
    }

    private void subscribe() throws InterruptedException {
        router.send("PUT", "/subscriptions/" + SUBSCRIPTION, JsonMapper.shared().readTree("""
                        {"types": ["crm.deal.created"], "sink": {"type": "http", "url": "http://127.0.0.1:%d/"}}
                        """.formatted(
                        sink.getAddress().getPort())));
    }

    private void send() throws Exception {
        List<String> events = IntStream.range(0, LETTERS)
                .mapToObj(number -> """
                        {"specversion": "1.0", "id": "%s", "source": "/crm", "type": "crm.deal.created",
                         "subject": "crm:deal:R-%d", "time": "2026-03-02T09:00:00Z", "data": {}}""".formatted(UUID.randomUUID(), number))
                .toList();
        PlatformAddresses at = platform.addresses();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(
                                            Objects.requireNonNull(at.gateway()).resolve("/events"))
                                    .header("Authorization", "Bearer " + ApiKeys.read(at.apiKeys(), "crm"))
                                    .header("Content-Type", "application/cloudevents-batch+json")
                                    .POST(BodyPublishers.ofString("[" + String.join(",", events) + "]"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isBetween(200, 299);
        }
    }

    private long dead() throws InterruptedException {
        return sum("dead_lettered");
    }

    private long delivered() throws InterruptedException {
        return sum("delivered");
    }

    private long sum(String state) throws InterruptedException {
        return router.get("/ledger")
                .path("items")
                .valueStream()
                .filter(item -> item.path("subscription").stringValue().equals(SUBSCRIPTION))
                .mapToLong(item -> item.path(state).longValue())
                .sum();
    }
}
