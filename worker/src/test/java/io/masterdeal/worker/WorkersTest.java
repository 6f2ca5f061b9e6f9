package io.masterdeal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that dies is told of by its name, however it was started; one that is told to stop is not. */
@NullMarked
class WorkersTest {

    private final Map<String, Throwable> died = new ConcurrentHashMap<>();

    private WorkerDeaths.Registration listening = () -> {};

    @BeforeEach
    void listen() {
        listening = WorkerDeaths.onDeath(died::put);
    }

    @AfterEach
    void listenNoMore() {
        listening.close();
    }

    private static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("p", way(work -> Workers.platform("p", work).start())),
                Arguments.of("d", way(work -> Workers.daemon("d", work).start())),
                Arguments.of("v", way(work -> Workers.virtual("v", work).start())),
                Arguments.of("pool-1", way(work -> Workers.pool("pool-", 1).execute(work))),
                Arguments.of("task-1", way(work -> Workers.perTask("task-").execute(work))),
                Arguments.of("s", way(work -> Workers.scheduled("s").execute(work))),
                Arguments.of("s", way(work -> {
                    var _ = Workers.scheduled("s").scheduleWithFixedDelay(work, 0, 1, TimeUnit.MILLISECONDS);
                })));
    }

    private static Consumer<Runnable> way(Consumer<Runnable> start) {
        return start;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_thread_that_runs_out_of_memory_is_reported(String name, Consumer<Runnable> start) {
        var cause = new OutOfMemoryError("Java heap space");

        start.accept(() -> {
            throw cause;
        });

        await().untilAsserted(() -> assertThat(died).containsExactly(Map.entry(name, cause)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_thread_that_throws_an_unexpected_exception_is_reported(String name, Consumer<Runnable> start) {
        var cause = new IllegalStateException("no such state");

        start.accept(() -> {
            throw cause;
        });

        await().untilAsserted(() -> assertThat(died).containsExactly(Map.entry(name, cause)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_thread_that_has_finished_its_work_is_not_reported(String name, Consumer<Runnable> start)
            throws InterruptedException {
        var done = new CountDownLatch(1);

        start.accept(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(died).isEmpty();
    }

    @Test
    void a_callback_that_throws_is_reported_and_rethrows() {
        var cause = new NoClassDefFoundError("gone");

        assertThatThrownBy(() -> Workers.calledBack("ack", () -> {
                    throw cause;
                }))
                .isSameAs(cause);

        assertThat(died)
                .containsExactly(Map.entry("ack on " + Thread.currentThread().getName(), cause));
    }

    @Test
    void a_loop_survives_a_stack_overflow_but_not_a_lack_of_memory() {
        assertThatCode(() -> WorkerDeaths.throwIfFatal(new IllegalStateException(new StackOverflowError())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> WorkerDeaths.throwIfFatal(new IllegalStateException(new OutOfMemoryError())))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @ParameterizedTest
    @MethodSource("victims")
    void a_death_ends_the_process_and_the_log_says_whose(String victim, int exitCode, String told)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victims.class.getName(),
                        victim)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
        assertThat(output).contains(told);
    }

    private static List<Arguments> victims() {
        return List.of(
                Arguments.of("worker", WorkerDeaths.EXIT_CODE, "worker thread intake died: java.lang.OutOfMemoryError"),
                Arguments.of("foreign", WorkerDeaths.EXIT_CODE, "worker thread poller died: java.lang.InternalError"),
                Arguments.of("exception", 0, "thread poller ended by an exception"),
                Arguments.of("closing", 0, "worker thread intake died: java.lang.IllegalStateException: closed"),
                Arguments.of("stopped", 0, "stopped"));
    }
}
