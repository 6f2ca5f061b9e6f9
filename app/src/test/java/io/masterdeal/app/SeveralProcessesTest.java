package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.Role;
import io.masterdeal.app.replay.LogReplay;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several service processes at once, and one that is killed repeatedly, give the same answers as one that runs undisturbed. */
class SeveralProcessesTest {

    private static final String GROUP = "masterdeal-service";

    private static final String KILLED_ELSEWHERE =
            "SKIPPED: in the short run the tests of crash share partitions between services, and kill them; runs in the long"
                    + " run (./masterdeal test --long)";

    private static final int KILLS = TestPlatform.isLong() ? 10 : 1;

    private static final int DEALS = TestPlatform.isLong() ? 2500 : 150;

    @TempDir
    private Path folder;

    private final TestPlatform platform;

    private final long seed = System.nanoTime();

    private Path log = Path.of("");

    private String undisturbed = "";

    SeveralProcessesTest() throws Exception {
        platform = TestPlatform.empty();
    }

    private void replayUndisturbed() throws Exception {
        log = DealStories.write(folder.resolve("stories.jsonl"), DEALS, seed);
        undisturbed = platform.report(log, null);
        assertThat(undisturbed.lines()).hasSize(DEALS + 1);
        TestPlatform.empty();
    }

    @Test
    void two_services_at_once_give_the_answer_of_one() throws Exception {
        assumeTrue(TestPlatform.isLong(), KILLED_ELSEWHERE);
        replayUndisturbed();
        try (ChildPlatform second = ChildPlatform.service(folder.resolve("second"), platform, 0)) {
            awaitPartitions(2, 2);
            double addedBefore =
                    added(Objects.requireNonNull(platform.addresses().service()));

            String report = platform.report(log, null, seed, 50);

            assertThat(report).as("seed %d", seed).isEqualTo(undisturbed);
            double first = added(Objects.requireNonNull(platform.addresses().service())) - addedBefore;
            double other = added(Objects.requireNonNull(second.addresses().service()));
            assertThat(first).isPositive();
            assertThat(other).isPositive();
            assertThat(first + other).isEqualTo(Double.parseDouble(platform.query("SELECT count(*) FROM facts")));
        }
    }

    @Test
    void one_service_stands_by_and_goes_on_where_the_killed_one_was() throws Exception {
        // given
        replayUndisturbed();
        TestPlatform.with("default", java.util.Set.of(Role.GATEWAY));
        try (ExecutorService replays = Executors.newSingleThreadExecutor();
                ChildPlatform leading = ChildPlatform.service(folder.resolve("leading"), platform, 0, false);
                ChildPlatform standby = ChildPlatform.service(folder.resolve("standby"), platform, 0, false)) {
            awaitPartitions(2, 1);
            URI second = Objects.requireNonNull(standby.addresses().service());
            PlatformAddresses addresses = new PlatformAddresses(
                    platform.addresses().gateway(),
                    second,
                    null,
                    null,
                    null,
                    platform.addresses().apiKeys());

            // when
            CompletableFuture<String> report = CompletableFuture.supplyAsync(() -> replay(addresses), replays);
            await("some facts are stored, " + this)
                    .pollDelay(java.time.Duration.ZERO)
                    .pollInterval(java.time.Duration.ofMillis(5))
                    .atMost(TestPlatform.PATIENCE)
                    .until(() -> Integer.parseInt(platform.query("SELECT count(*) FROM facts")) > 0);
            assertThat(added(second)).as("of the one that stands by").isZero();
            leading.kill();

            // then
            assertThat(report.get()).as("%s", this).isEqualTo(undisturbed);
            assertThat(added(second)).as("after the other was killed").isPositive();
        }
    }

    @Test
    void a_service_killed_in_the_middle_and_started_again_ends_in_the_same_answer() throws Exception {
        assumeTrue(TestPlatform.isLong(), KILLED_ELSEWHERE);
        replayUndisturbed();
        CanonicalTopic published = CanonicalTopic.fromNow(platform);
        TestPlatform.with("default", java.util.Set.of(Role.GATEWAY));
        Path data = folder.resolve("service");
        int port = Ports.free();
        List<Integer> killedAt = moments();
        ChildPlatform service = ChildPlatform.service(data, platform, port);
        try (ExecutorService replays = Executors.newSingleThreadExecutor()) {
            PlatformAddresses addresses = new PlatformAddresses(
                    platform.addresses().gateway(),
                    URI.create("http://127.0.0.1:" + port),
                    null,
                    null,
                    null,
                    platform.addresses().apiKeys());

            CompletableFuture<String> report = CompletableFuture.supplyAsync(() -> replay(addresses), replays);
            for (int facts : killedAt) {
                await("fact " + facts + " is stored, " + this)
                        .pollDelay(java.time.Duration.ZERO)
                        .pollInterval(java.time.Duration.ofMillis(5))
                        .atMost(TestPlatform.PATIENCE)
                        .until(() -> Integer.parseInt(platform.query("SELECT count(*) FROM facts")) >= facts);
                service.kill();
                service = ChildPlatform.service(data, platform, port);
            }

            assertThat(report.get())
                    .as("%s, killed at facts %s", this, killedAt)
                    .isEqualTo(undisturbed);
            platform.awaitPublished();
            assertPublishedWithoutGap(published, addresses);
        } finally {
            service.close();
        }
    }

    /** Every revision of each deal was published in order, and the last one is the service's answer. */
    private void assertPublishedWithoutGap(CanonicalTopic published, PlatformAddresses addresses) throws Exception {
        Map<String, JsonNode> answers = new HashMap<>();
        new io.masterdeal.client.PlatformClient(
                        Objects.requireNonNull(addresses.service()), ApiKeys.read(addresses.apiKeys(), "reader"))
                .forEach("/masterdeal", deal -> answers.put(deal.path("root").stringValue(), deal));
        Map<String, List<CanonicalTopic.Revision>> events = published.withoutCopies();
        assertThat(events.keySet()).isEqualTo(answers.keySet());
        answers.forEach((root, deal) -> {
            List<CanonicalTopic.Revision> revisions = events.getOrDefault(root, List.of());
            assertThat(revisions)
                    .as("%s of %s", root, this)
                    .extracting(CanonicalTopic.Revision::revision)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, deal.path("revision").longValue())
                                    .boxed()
                                    .toList());
            assertThat(revisions.getLast().stage())
                    .as(root)
                    .isEqualTo(deal.path("stage").stringValue());
        });
    }

    private String replay(PlatformAddresses addresses) {
        StringWriter told = new StringWriter();
        Path report = folder.resolve("report.jsonl");
        try {
            new LogReplay(addresses, new PrintWriter(told), false)
                    .run(new LogReplay.Request(log, null, seed, 50, report));
            return Files.readString(report);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw new AssertionError("the replay failed: " + e + "\n" + told, e);
        }
    }

    /** Numbers of stored facts at which to kill, all before the end. */
    private List<Integer> moments() {
        Random random = new Random(seed);
        int facts = (int) (DEALS * 5.5);
        List<Integer> moments = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            moments.add((i * facts + random.nextInt(facts * 9 / 10)) / KILLS);
        }
        return moments;
    }

    /** How many facts a service has added, by its metrics. */
    private double added(URI service) throws IOException, InterruptedException {
        String key = ApiKeys.read(platform.addresses().apiKeys(), "reader");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                                    .header("Authorization", "Bearer " + key)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Matcher matcher = Pattern.compile("^masterdeal_intake_added_total(?:\\{.*})? (\\S+)$", Pattern.MULTILINE)
                    .matcher(metrics);
            assertThat(matcher.find()).as(metrics).isTrue();
            return Double.parseDouble(matcher.group(1));
        }
    }

    /** Waits until the group has this many members, and this many of them have partitions. */
    private void awaitPartitions(int members, int readers) {
        Map<String, Object> properties = new HashMap<>(platform.servers().kafkaClientProperties());
        properties.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.servers().kafkaBootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            await(members + " services, of which " + readers + " read")
                    .atMost(TestPlatform.PATIENCE)
                    .until(() -> {
                        ConsumerGroupDescription group = Objects.requireNonNull(
                                        admin.describeConsumerGroups(List.of(GROUP))
                                                .describedGroups()
                                                .get(GROUP))
                                .get();
                        return group.groupState() == GroupState.STABLE
                                && group.members().size() == members
                                && group.members().stream()
                                                .filter(it -> !it.assignment()
                                                        .topicPartitions()
                                                        .isEmpty())
                                                .count()
                                        == readers;
                    });
        }
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
