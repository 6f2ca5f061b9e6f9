package io.masterdeal.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RunningConsole;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when something fails, and the choices of the header. */
class ErrorPagesTest {

    private static final String PEOPLE = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static RunningConsole console;

    @BeforeAll
    static void start(@TempDir Path directory) {
        console = RunningConsole.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void people_get_a_page_for_a_wrong_address_and_programs_a_problem() throws Exception {
        HttpResponse<String> page = console.get("/nothing/here", PEOPLE);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<h1>Page not found</h1>", "</html>");

        HttpResponse<String> problem = console.get("/nothing/here", "*/*");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void a_value_that_cannot_be_is_told_with_what_the_program_says() throws Exception {
        HttpResponse<String> page = console.get("/live?since=yesterday", PEOPLE);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("<h1>The request is wrong</h1>", "since");
        assertThat(console.get("/live?since=yesterday", "application/json").body())
                .contains("\"status\":400");
    }

    @Test
    void choices_become_cookies_and_lead_back_to_the_page() throws Exception {
        HttpResponse<String> answer = choose("language=ru&zone=Europe/Moscow&theme=dark&back=/deals?stage=briefed");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/deals?stage=briefed");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .hasSize(3)
                .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
                .anyMatch(cookie -> cookie.startsWith("language=ru;"))
                .anyMatch(cookie -> cookie.startsWith("zone=Europe/Moscow;"))
                .anyMatch(cookie -> cookie.startsWith("theme=dark;"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "https://evil.example/", "/%5Cevil.example", "", "/a%0d%0aX:%20y"})
    void nobody_is_led_elsewhere_and_nothing_unknown_is_kept(String back) throws Exception {
        HttpResponse<String> answer = choose("language=xx&zone=Mars/Olympus&theme=pink&back=" + back);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(answer.headers().allValues("Set-Cookie")).isEqualTo(List.of());
    }

    private static HttpResponse<String> choose(String query) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(console.address().resolve("/preferences?" + query))
                            .header("Authorization", "Bearer " + console.key("reader"))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
