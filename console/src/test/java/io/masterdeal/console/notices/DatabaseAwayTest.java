package io.masterdeal.console.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.RunningConsole;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People are told that PostgreSQL is away although alerts and notices are its rows. */
class DatabaseAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG_ONLY =
            "SKIPPED: takes seconds; runs in the long run (-Dmasterdeal.long=true, ./masterdeal test --long)";

    private static final String AWAY = "console-database-away";

    private final List<String> told = new CopyOnWriteArrayList<>();

    private void receive(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        body.path("alerts")
                .forEach(alert -> told.add(alert.path("rule").asString("") + " "
                        + alert.path("state").asString("")));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Test
    void that_postgresql_is_away_is_told_without_it_and_written_afterwards(@TempDir Path directory) throws Exception {
        assumeTrue(Boolean.getBoolean("masterdeal.long"), LONG_ONLY);
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", this::receive);
        hook.start();
        Map<String, String> settings = settings(directory, hook.getAddress().getPort());
        try (CutProxy network = CutProxy.before(TestServers.get().addresses().jdbcUrl())) {
            settings.put("spring.datasource.url", network.url());
            try (RunningConsole console = RunningConsole.start(directory, settings)) {
                await().atMost(PATIENCE).until(() -> told.contains("process-away firing"));

                // when
                network.cut();

                // then
                await().atMost(PATIENCE).until(() -> told.contains(AWAY + " firing"));
                assertThat(console.get("/alerts", "text/html").body())
                        .contains("PostgreSQL does not answer", "The console does not reach PostgreSQL");

                // when
                network.mend();

                // then
                await().atMost(PATIENCE).until(() -> told.contains(AWAY + " resolved"));
                await().atMost(PATIENCE)
                        .until(() -> console.get("/alerts?show=history", "application/json")
                                .body()
                                .contains(AWAY));
                assertThat(told).containsExactly("process-away firing", AWAY + " firing", AWAY + " resolved");
            }
        } finally {
            hook.stop(0);
        }
    }

    private static Map<String, String> settings(Path directory, int hook) throws IOException {
        Path channels = Files.writeString(
                directory.resolve("channels.yaml"),
                "channels: [{name: duty, kind: webhook, url: \"http://127.0.0.1:" + hook + "/\"}]\n");
        return new HashMap<>(Map.of(
                "masterdeal.console.schema",
                "console_away",
                "masterdeal.console.channels",
                channels.toString(),
                "masterdeal.console.watch.processes",
                "gateway=http://127.0.0.1:1",
                "masterdeal.console.watch.interval",
                "200ms",
                "masterdeal.console.watch.calm",
                "0s",
                "masterdeal.console.watch.process-away.for",
                "0s",
                "masterdeal.console.watch." + AWAY + ".for",
                "0s",
                "masterdeal.console.notices.group",
                "0s",
                "spring.datasource.hikari.connection-timeout",
                "500"));
    }
}
