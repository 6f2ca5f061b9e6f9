package io.masterdeal.router;

import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RunningRouter;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A test class with a router, a publisher of events, and a sink for each test. */
abstract class DeliveryCase {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final String SIGNED = "docflow.contract.signed";

    static RunningRouter router;

    static Publisher publisher;

    private static int count;

    RecordingSink sink;

    @BeforeAll
    static void start() {
        router = RunningRouter.start();
        publisher = new Publisher();
    }

    @AfterAll
    static void stop() {
        publisher.close();
        router.close();
    }

    @BeforeEach
    void open() throws IOException {
        sink = RecordingSink.start();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (JsonNode it : router.get("/subscriptions").path("items")) {
            if (it.path("origin").stringValue().equals("api")) {
                router.request("DELETE", "/subscriptions/" + name(it), "operator", null);
            }
        }
        sink.close();
    }

    private static String name(JsonNode subscription) {
        return subscription.at("/definition/name").stringValue();
    }

    static long sums(String subscription, String state) throws IOException, InterruptedException {
        return router.sums(subscription).path(state).longValue(0);
    }

    /** Makes a subscription; its worker begins with what is accepted from here on. */
    static String subscribe(RecordingSink to, String rest) throws IOException, InterruptedException {
        String name = "test-" + ++count;
        router.subscribe(name, "{\"sink\": {\"type\": \"http\", \"url\": \"" + to.url() + "\"}, " + rest + "}");
        return name;
    }

    /** The name that the next subscription gets. */
    static String nextName() {
        return "test-" + (count + 1);
    }
}
