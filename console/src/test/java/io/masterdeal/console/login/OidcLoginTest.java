package io.masterdeal.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RunningConsole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Login at an identity provider, whole: from the button to the session. */
class OidcLoginTest {

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static IdentityProvider provider;

    private static RunningConsole console;

    private BrowserOfTests browser;

    @BeforeAll
    static void start() throws Exception {
        provider = new IdentityProvider();
        Path secret = Files.writeString(directory.resolve("secret"), IdentityProvider.SECRET + "\n");
        console = RunningConsole.start(
                directory,
                Map.of(
                        "masterdeal.console.oidc.issuer", provider.issuer(),
                        "masterdeal.console.oidc.client-id", IdentityProvider.CLIENT,
                        "masterdeal.console.oidc.client-secret-file", secret.toString(),
                        "masterdeal.console.oidc.title", "Keycloak",
                        "masterdeal.console.oidc.claim", "realm_access.roles",
                        "masterdeal.console.oidc.viewer", "staff",
                        "masterdeal.console.oidc.admin", "admins, owners"));
    }

    @BeforeEach
    void freshBrowser() {
        browser = new BrowserOfTests(console, HTTP);
    }

    @AfterAll
    static void stop() {
        console.close();
        provider.close();
        HTTP.shutdownNow();
    }

    /** Follows the button to the provider and back to the console; returns what the console answers then. */
    private HttpResponse<String> login(String next) throws Exception {
        HttpResponse<String> start = browser.get("/login/oidc/start/provider?next=" + next);
        assertThat(start.headers().firstValue("Location").orElse(""))
                .startsWith(provider.issuer() + "/authorize?")
                .contains("code_challenge=", "nonce=", "state=");
        HttpResponse<String> back = HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                start.headers().firstValue("Location").orElseThrow()))
                        .build(),
                BodyHandlers.ofString());
        URI callback = URI.create(back.headers().firstValue("Location").orElseThrow());
        assertThat(callback.getPath()).isEqualTo("/login/oidc/callback");
        return browser.get(callback.getRawPath() + "?" + callback.getRawQuery());
    }

    @Test
    void a_claim_gives_the_right_and_the_page_that_was_asked_for_follows() throws Exception {
        // given
        provider.logsIn("Мария Ветрова", List.of("staff", "owners"));
        assertThat(browser.get("/login").body()).contains("Log in with Keycloak");

        // when
        HttpResponse<String> answer = login("/?a=b");

        // then
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/?a=b");
        assertThat(browser.get("/").body()).contains("Мария Ветрова");
        assertThat(browser.token()).isNotEmpty();
    }

    @Test
    void who_has_no_role_of_ours_is_not_let_in() throws Exception {
        provider.logsIn("Oleg", List.of("sales"));

        HttpResponse<String> answer = login("/");

        assertThat(answer.headers().firstValue("Location")).contains("/login?failed=right");
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
        assertThat(browser.get("/login?failed=right").body()).contains("You are known, but have no right here");
    }

    @Test
    void an_answer_that_nobody_asked_for_is_refused() throws Exception {
        HttpResponse<String> answer = browser.get("/login/oidc/callback?code=stolen&state=made-up");

        assertThat(answer.headers().firstValue("Location")).contains("/login?failed=oidc");
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }
}
