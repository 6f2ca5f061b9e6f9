package io.masterdeal.console.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.messages.MessageLedger;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Look;
import io.masterdeal.console.page.Look.Theme;
import io.masterdeal.console.page.View;
import io.masterdeal.console.page.Words;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.view.RedirectView;

/** What a decision asks of the router, and what it refuses to ask. */
class DecideTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer router;

    private Roles roles;

    private DeadLettersController controller;

    @BeforeEach
    void start() throws IOException {
        router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        router.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String actor = exchange.getRequestHeaders().getFirst("Masterdeal-Actor");
            if (exchange.getRequestMethod().equals("POST") && !body.contains("dry_run")) {
                asked.add(exchange.getRequestURI() + " " + actor + " " + body);
            }
            byte[] answer = "{\"selected\": 3, \"operation\": \"op-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        router.start();
        roles = new Roles(
                null, URI.create("http://127.0.0.1:" + router.getAddress().getPort()), "key");
        Board board = (Board)
                Proxy.newProxyInstance(Board.class.getClassLoader(), new Class<?>[] {Board.class}, (_, _, _) -> {
                    throw new AssertionError("no deal is asked for");
                });
        controller = new DeadLettersController(new DeadLetterLedger(roles, new MessageLedger(roles, board)));
    }

    @AfterEach
    void stop() {
        roles.close();
        router.stop(0);
    }

    private Object decide(Map<String, String> form) {
        View view = new View(
                new Person("Ольга Орлова", Right.OPERATOR),
                new Look(Language.EN, ZoneOffset.UTC, Theme.LIGHT),
                Words.load(),
                new RuleSetInUse(new Roles(null, null, "key"), Clock.systemUTC()),
                List.of(),
                "/dead-letters/redrive",
                "",
                "",
                Instant.EPOCH);
        return controller.decide(view, "redrive", form);
    }

    @Test
    void a_decision_names_the_person_and_is_limited_to_what_was_counted() {
        // when
        Object next = decide(Map.of("subscription", "crm", "reason", " mended ", "expected", "3"));

        // then
        assertThat(next)
                .isInstanceOfSatisfying(
                        RedirectView.class,
                        redirect -> assertThat(redirect.getUrl()).isEqualTo("/operations/op-1"));
        assertThat(asked)
                .containsExactly(
                        "/dead-letters/redrive UTF-8''%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0%20%D0%9E%D1%80%D0%BB%D0%BE%D0%B2%D0%B0"
                                + " {\"selection\":{\"subscription\":\"crm\"},\"reason\":\"mended\",\"limit\":3}");
    }

    @Test
    void a_filter_that_got_lost_does_not_mean_everything() {
        // when
        decide(Map.of("reason", "mended", "expected", "3"));

        // then
        assertThat(asked).isEmpty();

        // when
        decide(Map.of("reason", "mended", "expected", "3", "all", "true"));

        // then
        assertThat(asked).singleElement().asString().contains("{\"all\":true,");
    }

    @Test
    void without_a_reason_or_the_typed_number_nothing_is_asked() {
        // when
        Object bare = decide(Map.of("subscription", "crm", "reason", " ", "expected", "3"));
        Object wrong = decide(Map.of("subscription", "crm", "reason", "mended", "expected", "1001", "typed", "1000"));

        // then
        assertThat(asked).isEmpty();
        assertThat(((Html) bare).text()).contains("Say why");
        assertThat(((Html) wrong).text()).contains("Type the number 1001", ">mended</textarea>");

        // when
        decide(Map.of("subscription", "crm", "reason", "mended", "expected", "1001", "typed", "1 001"));

        // then
        assertThat(asked).hasSize(1);
    }
}
