package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the documents on subscriptions and dead letters print what the documents say. */
class RouterDocumentsTest {

    /** What differs by place and time, and its replacement on both sides. */
    private static final Map<String, String> VARYING = Map.of(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "NOW",
            "events-\\d+@\\d+", "events-0@0",
            "events/\\d+ offset \\d+", "events/0 offset 0",
            "\\d+ ms", "0 ms",
            "(?m)[0-9a-f-]{36} *$", "OPERATION");

    @TempDir
    private Path folder;

    private @Nullable TestPlatform platform;

    private @Nullable NewcomersShell shell;

    private @Nullable HttpServer crm;

    private boolean failed;

    @AfterEach
    void leave() throws IOException {
        if (shell != null) {
            shell.close();
        }
        if (crm != null) {
            crm.stop(0);
        }
    }

    @TestFactory
    Stream<DynamicTest> every_command_about_subscriptions_prints_what_the_document_says() throws Exception {
        begin();
        return steps("subscribe.md");
    }

    @TestFactory
    Stream<DynamicTest> every_command_about_dead_letters_prints_what_the_document_says() throws Exception {
        assumeTrue(NewcomersShell.has("python3"), "SKIPPED: this needs python3, which is not here");
        begin();
        Objects.requireNonNull(crm).stop(0); // The document starts its own at the same address.
        return steps("dead-letters.md");
    }

    private void begin() throws Exception {
        for (String program : List.of("bash", "curl")) {
            assumeTrue(NewcomersShell.has(program), "SKIPPED: this needs " + program + ", which is not here");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/notifications", RouterDocumentsTest::take);
        server.start();
        crm = server;
        TestPlatform running = TestPlatform.empty("default", EnumSet.of(Role.SERVICE, Role.GATEWAY, Role.ROUTER));
        running.forgetRouted();
        platform = running;
        shell = new NewcomersShell(folder, running.data());
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private Stream<DynamicTest> steps(String name) throws IOException {
        Path document = TestPlatform.home().resolve("docs").resolve(name);
        return Walkthrough.steps(document).stream()
                .map(step -> dynamicTest(name + ": " + step.heading(), () -> {
                    assumeTrue(!failed, "SKIPPED: a step before it failed");
                    failed = true;
                    for (Walkthrough.Block block : step.blocks()) {
                        follow(document, block);
                    }
                    failed = false;
                }));
    }

    private void follow(Path document, Walkthrough.Block block) throws IOException {
        String expected = comparable(block.printed());
        String commands = atItsPlace(block.commands());
        if (onlyAsks(block.commands())) {
            // "A moment later" is as long as it takes: a person tries again.
            await(document.getFileName() + ", line " + block.line())
                    .atMost(TestPlatform.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    comparable(Objects.requireNonNull(shell).run(commands)))
                            .isEqualTo(expected));
        } else {
            assertThat(comparable(Objects.requireNonNull(shell).run(commands)))
                    .as("%s, line %d\n%s", document.getFileName(), block.line(), block.commands())
                    .isEqualTo(expected);
        }
    }

    private static boolean onlyAsks(String commands) {
        return commands.lines()
                .allMatch(line -> line.matches(
                        "./masterdeal (messages|ledger|dead-letters|subscriptions|audit)( (--|verify).*)?"));
    }

    private String atItsPlace(String commands) {
        PlatformAddresses at = Objects.requireNonNull(platform).addresses();
        return commands.replace("127.0.0.1:8082", place(at.router()))
                .replace(
                        "127.0.0.1:9000",
                        "127.0.0.1:" + Objects.requireNonNull(crm).getAddress().getPort());
    }

    private static String place(@Nullable URI address) {
        return Objects.requireNonNull(address).getAuthority();
    }

    private String comparable(String printed) {
        String text = printed.replace(
                "127.0.0.1:" + Objects.requireNonNull(crm).getAddress().getPort(), "127.0.0.1:9000");
        for (Map.Entry<String, String> varying : VARYING.entrySet()) {
            text = text.replaceAll(varying.getKey(), varying.getValue());
        }
        return text.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }
}
