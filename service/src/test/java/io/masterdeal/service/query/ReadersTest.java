package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.role.database.ReaderProblems;
import io.masterdeal.role.database.Readers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Questions have connections of their own, and an end. */
class ReadersTest {

    private static final Readers.Limits LIMITS = new Readers.Limits(2, Duration.ofSeconds(2), Duration.ofMillis(400));

    private static Database database;

    private static Readers readers;

    @BeforeAll
    static void start() {
        database = Database.create();
        readers = new Readers(database.dataSource(), LIMITS, new SimpleMeterRegistry());
    }

    @AfterAll
    static void let_it_go() {
        readers.close();
        database.close();
    }

    @Test
    void a_question_that_takes_too_long_is_stopped_and_told_why() {
        ResponseEntity<ProblemDetail> problem = problem("SELECT pg_sleep(60)::text");

        assertThat(problem.getStatusCode().value()).isEqualTo(504);
        assertThat(Objects.requireNonNull(problem.getBody()).getDetail())
                .contains("masterdeal.readers.answer")
                .contains("Ask for less");
        assertThat(ask("SELECT current_schema()")).isEqualTo(database.schema());
    }

    @Test
    void questions_that_take_all_their_connections_take_none_of_the_others() throws Exception {
        // given
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                threads.execute(() -> readers.jdbc().sql("SELECT 1").query(row -> {
                    asked.countDown();
                    await(done);
                }));
            }
            asked.await();

            // when
            ResponseEntity<ProblemDetail> problem = problem("SELECT '1'");
            try (Connection writer = database.dataSource().getConnection()) {
                done.countDown();

                // then
                assertThat(writer.isValid(5)).isTrue();
            }
            assertThat(problem.getStatusCode().value()).isEqualTo(503);
            assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("2");
            assertThat(Objects.requireNonNull(problem.getBody()).getDetail())
                    .contains("masterdeal.readers.connections");
        }
    }

    @Test
    void who_only_asks_cannot_write() {
        assertThatThrownBy(() -> readers.jdbc().sql("DELETE FROM deals").update())
                .rootCause()
                .hasMessageContaining("read-only transaction");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String ask(String question) {
        return readers.jdbc().sql(question).query((row, _) -> row.getString(1)).single();
    }

    private static ResponseEntity<ProblemDetail> problem(String question) {
        DataAccessException e = catchThrowableOfType(DataAccessException.class, () -> ask(question));
        return new ReaderProblems().unanswered(e);
    }
}
