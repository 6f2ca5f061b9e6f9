package io.masterdeal.app;

import static org.awaitility.Awaitility.await;

import io.masterdeal.app.platform.Role;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The shared platform with the console and some deals, for tests of pages. */
public final class ConsolePlatform {

    private static final Set<Role> ROLES = EnumSet.complementOf(EnumSet.of(Role.SANDBOX));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestPlatform platform;

    private ConsolePlatform(TestPlatform platform) {
        this.platform = platform;
    }

    /** The platform with the sample deals of an advertising agency, and all of them on the console's board. */
    public static synchronized ConsolePlatform withDeals() throws Exception {
        ConsolePlatform console = new ConsolePlatform(TestPlatform.with("default", ROLES));
        if (Integer.parseInt(console.platform.query("SELECT count(*) FROM deals")) < 50) {
            TestPlatform.empty("default", ROLES)
                    .report(TestPlatform.sample("deals.csv"), TestPlatform.sample("deals.mapping.json"));
        }
        await("the console answers")
                .atMost(TestPlatform.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> console.get("/", "application/json").statusCode() == 200);
        return console;
    }

    /** Where the pages are. */
    public URI address() {
        return Objects.requireNonNull(platform.addresses().console());
    }

    /** The key of a principal, such as {@code reader}. */
    public String key(String principal) {
        return ApiKeys.read(platform.addresses().apiKeys(), principal);
    }

    /** Asks the console as a program of the reader does. */
    public HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address().resolve(path))
                        .header("Authorization", "Bearer " + key("reader"))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Tells of a new deal of a client. */
    public void createDeal(String number, String client) throws IOException, InterruptedException {
        tell("crm.deal.created", number, "\"attributes\":{\"client\":\"" + client + "\"}");
    }

    /** Tells that a deal has its brief, which moves it to its next stage. */
    public void submitBrief(String number) throws IOException, InterruptedException {
        tell("crm.brief.submitted", number, "");
    }

    private void tell(String type, String number, String data) throws IOException, InterruptedException {
        String event = """
                {"specversion":"1.0","id":"%s","source":"/crm","type":"%s","subject":"crm:deal:%s","time":"%s","data":{%s}}
                """.formatted(UUID.randomUUID(), type, number, Instant.now(), data);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(
                                Objects.requireNonNull(platform.addresses().gateway())
                                        .resolve("/events"))
                        .header("Authorization", "Bearer " + key("crm"))
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(BodyPublishers.ofString(event))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Whether this is a long run. */
    public static boolean isLong() {
        return TestPlatform.isLong();
    }

    /** The project's folder. */
    public static Path home() {
        return TestPlatform.home();
    }
}
