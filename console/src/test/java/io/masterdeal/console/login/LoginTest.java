package io.masterdeal.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RunningConsole;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.apikey.PersonKeys;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How people get in and out, over HTTP as a browser speaks it. */
class LoginTest {

    private static final String COOKIE = "masterdeal-session";

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningConsole console;

    private BrowserOfTests browser;

    @BeforeAll
    static void start() {
        console = RunningConsole.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        console.close();
        HTTP.shutdownNow();
    }

    @BeforeEach
    void freshBrowser() {
        browser = new BrowserOfTests(console, HTTP);
    }

    @Test
    void a_page_leads_to_the_login_and_the_login_to_the_page() throws Exception {
        // when
        HttpResponse<String> page = browser.get("/?a=b&c=%D0%B0");

        // then
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).contains("/login?next=%2F%3Fa%3Db%26c%3D%25D0%25B0");
        assertThat(browser.get("/login?next=%2F%3Fa%3Db").body())
                .contains("name=\"next\" value=\"/?a=b\"")
                .doesNotContain("<nav");
        assertThat(browser.cookies())
                .as("nobody is logged in, so there is nothing to remember")
                .isEmpty();

        // when
        HttpResponse<String> login =
                browser.post("/login/key", Map.of("key", " " + console.key("reader") + "\n", "next", "/?period=7"));

        // then
        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(login.headers().firstValue("Location")).contains("/?period=7");
        assertThat(login.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
        assertThat(browser.get("/?period=7").body()).contains("<h1>Overview</h1>", "reader");
    }

    @Test
    void the_login_leads_to_no_other_site() throws Exception {
        for (String next : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "/login", "x"}) {
            assertThat(browser.post("/login/key", Map.of("key", console.key("reader"), "next", next))
                            .headers()
                            .firstValue("Location"))
                    .as(next)
                    .contains("/");
        }
    }

    @Test
    void keys_of_domains_and_roles_let_nobody_in() throws Exception {
        for (String principal : new String[] {"crm", "console"}) {
            HttpResponse<String> answer = browser.loginWithKey(console.key(principal));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("This key is not known here");
        }
        assertThat(browser.loginWithKey("").statusCode()).isEqualTo(401);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void a_link_lets_one_person_in_once() throws Exception {
        // given
        HttpResponse<String> made = makeLink("operator", "operator");
        assertThat(made.statusCode()).isEqualTo(201);
        String token = token(made);
        assertThat(made.body()).contains(console.address() + "/login#link=" + token, "\"right\":\"operator\"");

        // when
        HttpResponse<String> unnamed = browser.post("/login/link", Map.of("token", token, "name", " "));
        HttpResponse<String> taken = browser.post("/login/link", Map.of("token", token, "name", "Operator"));
        HttpResponse<String> login = browser.post("/login/link", Map.of("token", token, "name", "Анна Рид"));

        // then
        assertThat(unnamed.statusCode()).isEqualTo(422);
        assertThat(unnamed.body()).contains("value=\"" + token + "\"", "Type a name");
        assertThat(taken.body()).contains("belongs to a key");
        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(browser.get("/").body()).contains("Анна Рид");

        // when
        HttpResponse<String> again =
                new BrowserOfTests(console, HTTP).post("/login/link", Map.of("token", token, "name", "Boris"));

        // then
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("has been used, or is older than five minutes");
    }

    @Test
    void a_link_ends_after_five_minutes_and_only_its_hash_is_kept() throws Exception {
        // given
        String token = token(makeLink("operator", "viewer"));
        JdbcClient jdbc = console.context().getBean(JdbcClient.class);
        assertThat(jdbc.sql("SELECT encode(token_hash, 'hex') FROM login_links WHERE encode(token_hash, 'hex') = ?")
                        .param(ApiKeys.hash(token))
                        .query(String.class)
                        .list())
                .hasSize(1);
        assertThat(jdbc.sql("SELECT max(expires_at) - now() <= interval '5 minutes' FROM login_links")
                        .query(Boolean.class)
                        .single())
                .isTrue();

        // when
        jdbc.sql("UPDATE login_links SET expires_at = now()").update();

        // then
        assertThat(browser.post("/login/link", Map.of("token", token, "name", "Anna Reed"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void links_are_made_with_an_operators_key_and_never_give_more() throws Exception {
        assertThat(makeLink("reader", "viewer").statusCode()).isEqualTo(403);
        assertThat(makeLink("operator", "admin").statusCode()).isEqualTo(400);

        // A session cannot make links, or one link would be enough for ever.
        browser.loginWithKey(console.key("operator"));
        HttpResponse<String> refused = browser.send(
                browser.form("/links", Map.of("_csrf", browser.token())).setHeader("Accept", "application/json"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This needs a key in the request");
    }

    @Test
    void a_login_begins_a_new_session_and_a_logout_ends_it() throws Exception {
        // given
        browser.loginWithKey(console.key("reader"));
        String first = browser.cookies().get(COOKIE);

        // when
        browser.loginWithKey(console.key("operator"));
        String second = browser.cookies().get(COOKIE);

        // then
        assertThat(second).isNotEqualTo(first);
        browser.cookies().put(COOKIE, first);
        assertThat(browser.get("/").statusCode()).isEqualTo(302);

        // when
        browser.cookies().put(COOKIE, second);
        HttpResponse<String> logout = browser.post("/logout", Map.of("_csrf", browser.token()));

        // then
        assertThat(logout.statusCode()).isEqualTo(303);
        browser.cookies().put(COOKIE, second);
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void a_session_that_somebody_made_up_is_none() throws Exception {
        browser.cookies().put(COOKIE, "AAAAAAAAAAAAAAAAAAAAAAAA");

        assertThat(browser.get("/").statusCode()).isEqualTo(302);
        browser.loginWithKey(console.key("reader"));
        assertThat(browser.cookies()).doesNotContainEntry(COOKIE, "AAAAAAAAAAAAAAAAAAAAAAAA");
    }

    @Test
    void who_fails_too_often_has_to_wait_and_sessions_outlive_the_process() throws Exception {
        // given
        browser.loginWithKey(console.key("reader"));
        String token = browser.token();
        BrowserOfTests guesser = new BrowserOfTests(console, HTTP);
        int status = 401;
        for (int i = 0; i < FailedLogins.OF_ONE && status == 401; i++) {
            status = guesser.loginWithKey("md_operator_" + i).statusCode();
        }

        // when
        HttpResponse<String> refused = guesser.loginWithKey(console.key("operator"));

        // then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers()
                        .firstValue("Retry-After")
                        .map(Integer::valueOf)
                        .orElse(0))
                .isBetween(1, 60);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        // when
        console.close();
        console = RunningConsole.start(directory, Map.of());
        BrowserOfTests after = new BrowserOfTests(console, HTTP);
        after.cookies().putAll(browser.cookies());

        // then
        assertThat(after.get("/").statusCode()).isEqualTo(200);
        assertThat(after.post("/logout", Map.of("_csrf", token)).statusCode()).isEqualTo(303);
    }

    @Test
    void a_persons_key_works_at_once_and_until_it_is_revoked() throws Exception {
        // given
        Path keys = directory.resolve("api-keys");
        String key = ApiKeys.read(PersonKeys.create(keys, "anna-reed", "Анна Рид", "admin"));

        // when
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> browser.loginWithKey(key).statusCode() == 303);

        // then
        assertThat(browser.get("/").body()).contains("Анна Рид");
        assertThat(asProgram(key, "/").statusCode()).isEqualTo(200);

        // when
        PersonKeys.revoke(keys, "anna-reed");

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> browser.get("/").statusCode() == 302);
        assertThat(asProgram(key, "/").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> asProgram(String key, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(console.address().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "application/json")
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> makeLink(String principal, String right) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(console.address().resolve("/links?right=" + right))
                        .header("Authorization", "Bearer " + console.key(principal))
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static String token(HttpResponse<String> made) {
        Matcher link = Pattern.compile("#link=([A-Za-z0-9_-]{22})\"").matcher(made.body());
        assertThat(link.find()).as(made.body()).isTrue();
        return link.group(1);
    }
}
