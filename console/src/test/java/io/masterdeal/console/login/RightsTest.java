package io.masterdeal.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RunningConsole;
import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.access.WithoutLogin;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.apikey.PersonKeys;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every handler of every screen, found by reflection: who may send it a request, and what it has to be sent with. */
class RightsTest {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static RunningConsole console;

    /** A person in a browser, by right; and the token of the pages. */
    private static final Map<Right, BrowserOfTests> PEOPLE = new EnumMap<>(Right.class);

    private static final Map<Right, String> TOKENS = new EnumMap<>(Right.class);

    private static final List<Endpoint> ENDPOINTS = new ArrayList<>();

    /** A handler under one of its paths. */
    private record Endpoint(String method, String path, String accept, String contentType, HandlerMethod handler) {
        boolean isReading() {
            return READING.contains(method);
        }

        boolean isOpen() {
            return handler.hasMethodAnnotation(WithoutLogin.class);
        }

        @Nullable
        Requires requires() {
            return handler.getMethodAnnotation(Requires.class);
        }

        boolean isFor(Right right) {
            return requires() == null
                    ? isReading()
                    : right.includes(requires().value()) && !requires().byKey();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Map<Right, Path> keys = new EnumMap<>(Right.class);
        for (Right right : Right.values()) {
            keys.put(
                    right, PersonKeys.create(directory.resolve("api-keys"), right.tag() + "-x", "Person", right.tag()));
        }
        console = RunningConsole.start(directory, Map.of());
        for (Map.Entry<Right, Path> each : keys.entrySet()) {
            BrowserOfTests browser = new BrowserOfTests(console, HTTP);
            assertThat(browser.loginWithKey(ApiKeys.read(each.getValue())).statusCode())
                    .isEqualTo(303);
            PEOPLE.put(each.getKey(), browser);
            TOKENS.put(each.getKey(), browser.token());
        }
        console.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getPackageName().startsWith("io.masterdeal.console")) {
                        ENDPOINTS.addAll(endpoints(mapping, handler));
                    }
                });
    }

    /** One for each method and path, with the media types that the handler speaks. */
    private static List<Endpoint> endpoints(RequestMappingInfo mapping, HandlerMethod handler) {
        Set<String> methods = new TreeSet<>();
        mapping.getMethodsCondition().getMethods().forEach(it -> methods.add(it.name()));
        if (methods.isEmpty()) {
            methods.addAll(List.of("GET", "POST"));
        }
        String accept = mapping.getProducesCondition().getProducibleMediaTypes().stream()
                .map(MediaType::toString)
                .findFirst()
                .orElse("text/html");
        String contentType = mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                .map(MediaType::toString)
                .findFirst()
                .orElse("application/x-www-form-urlencoded");
        List<Endpoint> all = new ArrayList<>();
        for (String pattern : mapping.getPatternValues()) {
            for (String method : methods) {
                if (pattern.equals("/live")) {
                    continue; // It would not end; LiveStreamTest asks for it.
                }
                all.add(new Endpoint(method, example(pattern), accept, contentType, handler));
            }
        }
        return all;
    }

    /** A path that fits a pattern: of a variable with alternatives the first one. */
    private static String example(String pattern) {
        return pattern.replaceAll("\\{[^:}]*:([^|}]*)[^}]*}", "$1").replaceAll("\\{[^}]*}", "1");
    }

    @AfterAll
    static void stop() {
        console.close();
        HTTP.shutdownNow();
    }

    @Test
    void every_handler_that_changes_something_says_who_may() {
        assertThat(ENDPOINTS).hasSizeGreaterThan(3);
        assertThat(ENDPOINTS)
                // Requests that the container itself makes again, after a failure.
                .filteredOn(it -> !it.path().equals("/error"))
                .filteredOn(it -> !it.isReading() && !it.isOpen())
                .allSatisfy(it -> assertThat(it.requires()).as("%s", it).isNotNull());
        assertThat(ENDPOINTS)
                .filteredOn(Endpoint::isOpen)
                .allSatisfy(it ->
                        assertThat(PersonFilter.isOpen(it.path())).as("%s", it).isTrue());
        assertThat(ENDPOINTS)
                .filteredOn(it -> !it.isOpen())
                .allSatisfy(it ->
                        assertThat(PersonFilter.isOpen(it.path())).as("%s", it).isFalse());
    }

    @Test
    void without_a_session_nobody_gets_in() throws Exception {
        BrowserOfTests stranger = new BrowserOfTests(console, HTTP);
        for (Endpoint each : ENDPOINTS) {
            if (!each.isOpen()) {
                assertThat(send(stranger, each, Map.of("Accept", "application/json"))
                                .statusCode())
                        .as("%s", each)
                        .isEqualTo(401);
                assertThat(send(stranger, each, Map.of("Accept", "text/html")).statusCode())
                        .as("%s", each)
                        .isEqualTo(each.method().equals("GET") ? 302 : 401);
            }
        }
    }

    @Test
    void a_missing_right_is_refused_although_the_token_is_there() throws Exception {
        for (Endpoint each : ENDPOINTS) {
            for (Right right : Right.values()) {
                if (!each.isOpen() && !each.isFor(right)) {
                    HttpResponse<String> answer = send(person(right), each, Map.of("X-CSRF-TOKEN", token(right)));
                    assertThat(answer.statusCode()).as("%s %s", right, each).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void a_change_without_the_token_of_the_session_is_refused() throws Exception {
        for (Endpoint each : ENDPOINTS) {
            if (!each.isOpen() && !each.isReading()) {
                for (Right right : Right.values()) {
                    assertThat(send(person(right), each, Map.of()).statusCode())
                            .as("%s %s", right, each)
                            .isEqualTo(403);
                }
                assertThat(send(person(Right.ADMIN), each, Map.of("X-CSRF-TOKEN", token(Right.VIEWER)))
                                .statusCode())
                        .as("with the token of another session: %s", each)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void a_change_that_another_site_sends_is_refused_logins_too() throws Exception {
        String token = token(Right.ADMIN);
        List<Map<String, String>> foreign = List.of(
                Map.of("X-CSRF-TOKEN", token, "Origin", "https://evil.example"),
                Map.of("X-CSRF-TOKEN", token, "Origin", "null"),
                Map.of("X-CSRF-TOKEN", token, "Origin", "http://127.0.0.1:1"),
                Map.of("X-CSRF-TOKEN", token, "Sec-Fetch-Site", "cross-site"),
                Map.of("X-CSRF-TOKEN", token, "Sec-Fetch-Site", "same-site"));
        for (Endpoint each : ENDPOINTS) {
            if (!each.isReading()) {
                for (Map<String, String> headers : foreign) {
                    HttpResponse<String> answer = send(person(Right.ADMIN), each, headers);
                    assertThat(answer.statusCode()).as("%s %s", headers, each).isEqualTo(403);
                    assertThat(answer.body()).contains("Another site has sent this");
                }
            }
        }
    }

    @Test
    void who_has_the_right_and_the_token_is_let_through() throws Exception {
        BrowserOfTests browser = person(Right.ADMIN);
        for (Endpoint each : ENDPOINTS) {
            // What changes something for real is tested where it belongs; a path that only names nothing is enough
            // here.
            if (each.isReading() && each.isFor(Right.ADMIN)) {
                assertThat(send(browser, each, Map.of()).statusCode())
                        .as("%s", each)
                        .isNotIn(401, 403);
            }
        }
        // given a session that may end
        BrowserOfTests leaving = new BrowserOfTests(console, HTTP);
        leaving.loginWithKey(console.key("reader"));

        // when
        HttpResponse<String> logout = leaving.send(leaving.form("/logout", Map.of("_csrf", leaving.token()))
                .header("Origin", console.address().toString())
                .header("Sec-Fetch-Site", "same-origin"));

        // then
        assertThat(logout.statusCode()).isEqualTo(303);
    }

    private static BrowserOfTests person(Right right) {
        return Objects.requireNonNull(PEOPLE.get(right));
    }

    private static String token(Right right) {
        return Objects.requireNonNull(TOKENS.get(right));
    }

    private static HttpResponse<String> send(BrowserOfTests browser, Endpoint endpoint, Map<String, String> headers)
            throws Exception {
        var request = browser.request(endpoint.path()).method(endpoint.method(), BodyPublishers.noBody());
        request.setHeader("Accept", endpoint.accept());
        request.setHeader("Content-Type", endpoint.contentType());
        headers.forEach(request::setHeader);
        return browser.send(request);
    }
}
