package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import io.masterdeal.app.platform.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The death of every platform thread of the service, the router and their queue is reported when it runs out of memory: a debugger
 * throws the error in it, wherever it is. Tests of {@code Workers}, which also makes the virtual threads, show that such a death ends
 * the process; a house rule says that nothing else makes threads.
 */
class WorkerDeathTest {

    private static final Pattern DEBUGGER = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    /** Threads that the router's leadership starts again. */
    private static final Pattern OF_A_TERM = Pattern.compile("subscription-.*|router-(?!leadership).*");

    private static final Logger log = LoggerFactory.getLogger(WorkerDeathTest.class);

    private static final int MOST_ATTEMPTS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static ChildPlatform platform;

    private static VirtualMachine debugged;

    @BeforeAll
    static void start_a_process_with_a_debugger() throws Exception {
        TestPlatform servers = TestPlatform.with("default", EnumSet.of(Role.GATEWAY));
        Path subscriptions = Files.writeString(folder.resolve("subscriptions.yaml"), """
            subscriptions:
              - name: nobody
                types: [crm.deal.created]
                sink: {type: http, url: "http://127.0.0.1:9/"}
            """);
        Path routes = Files.createDirectory(folder.resolve("routes"));
        platform = ChildPlatform.run(
                DyingWorkers.class,
                List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
                folder.resolve("platform"),
                servers,
                "--roles=service,gateway,router",
                "--service-port=0",
                "--gateway-port=0",
                "--router-port=0",
                "--sinks=127.0.0.1",
                "--subscriptions=" + subscriptions,
                "--routes=" + routes);
        Matcher port = DEBUGGER.matcher(platform.output());
        if (!port.find()) {
            throw new AssertionError("no debugger listens:\n" + platform.output());
        }
        debugged = attach(port.group(1));
    }

    @AfterAll
    static void end_it() throws InterruptedException {
        if (debugged != null) {
            debugged.dispose();
        }
        if (platform != null) {
            platform.kill();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay",
                "rule-set-guard",
                "settings-guard",
                "intake",
                "fold-worker",
                "effect-dispatcher",
                "effect-retention",
                "queue-due-masterdeal.effects",
                "queue-masterdeal.effects-1",
                "queue-done-records",
                "router-reader",
                "router-errors",
                "router-days",
                "router-outcomes",
                "router-subscriptions",
                "subscription-nobody",
                "routes-folder",
                "router-leadership"
            })
    void a_worker_that_runs_out_of_memory_is_told_of(String name) throws IOException {
        // given
        await(name + " runs").atMost(PATIENCE).until(() -> !threads(name).isEmpty());
        List<ThreadReference> running = threads(name);

        // when
        // Within a lock or a transaction the clean-up may throw something else. That is a death as well, or it is
        // caught
        // and the work is tried again: then the error is thrown once more.
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && !isToldOf(name); attempt++) {
            threads(name).forEach(WorkerDeathTest::runOutOfMemory);
            try {
                await(name + " is told of").atMost(Duration.ofSeconds(3)).until(() -> isToldOf(name));
            } catch (ConditionTimeoutException e) {
                log.info("{} did not die of attempt {}", name, attempt, e);
            }
        }

        // then
        assertThat(isToldOf(name)).as(platform.output()).isTrue();
        if (OF_A_TERM.matcher(name).matches()) {
            // This process only reports it, and the router begins a new term, which would disturb the next one.
            await(name + " runs again")
                    .atMost(PATIENCE)
                    .until(() -> threads(name).stream().anyMatch(it -> !running.contains(it)));
        }
    }

    private static boolean isToldOf(String name) throws IOException {
        return platform.output().contains(DyingWorkers.DIED + name + " ");
    }

    private static void runOutOfMemory(ThreadReference thread) {
        ReferenceType type =
                debugged.classesByName(DyingWorkers.class.getName()).getFirst();
        try {
            thread.stop((ObjectReference) type.getValue(type.fieldByName("CAUSE")));
        } catch (IllegalThreadStateException e) {
            log.info("{} has just ended", thread, e);
        } catch (InvalidTypeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ThreadReference> threads(String name) {
        return debugged.allThreads().stream()
                .filter(thread -> thread.name().equals(name))
                .toList();
    }

    private static VirtualMachine attach(String port) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(it -> it.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(port);
        try {
            return connector.attach(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }
}
