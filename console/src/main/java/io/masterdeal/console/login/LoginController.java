package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.access.WithoutLogin;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.apikey.PersonKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people log in, and what its forms do. */
@Controller
class LoginController {

    private static final int LONGEST_KEY = 512;

    private final KnownKeys keys;
    private final LoginLinks links;
    private final LoginSessions sessions;
    private final FailedLogins failures;
    private final String oidcTitle;

    LoginController(
            KnownKeys keys,
            LoginLinks links,
            LoginSessions sessions,
            FailedLogins failures,
            ObjectProvider<OidcSettings> oidc) {
        this.keys = keys;
        this.links = links;
        this.sessions = sessions;
        this.failures = failures;
        OidcSettings configured = oidc.getIfAvailable();
        this.oidcTitle = configured == null ? "" : configured.title();
    }

    @WithoutLogin
    @GetMapping("/login")
    Html page(
            View view, @RequestParam(defaultValue = "/") String next, @RequestParam(defaultValue = "") String failed) {
        String fault = failed.equals("oidc") || failed.equals("right") || failed.equals("provider")
                ? "login.failed." + failed
                : "";
        return page(view, new LoginForm(LocalPath.of(next), fault, "", ""), HttpStatus.OK);
    }

    private Html page(View view, LoginForm form, HttpStatus status) {
        return Html.page("login/login.jte", view, Map.of("form", form, "oidc", oidcTitle), status);
    }

    @WithoutLogin
    @PostMapping("/login/key")
    @Nullable
    Html byKey(
            View view,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "/") String next) {
        LoginForm form = new LoginForm(LocalPath.of(next), "", "", "");
        if (isTooOften(request, response)) {
            return page(view, form.failed("often"), HttpStatus.TOO_MANY_REQUESTS);
        }
        String given = key.strip();
        String hash = ApiKeys.hash(given);
        Person person = given.isEmpty() || given.length() > LONGEST_KEY ? null : keys.person(hash);
        if (person == null) {
            failures.failed(request.getRemoteAddr());
            return page(view, form.failed("key"), HttpStatus.UNAUTHORIZED);
        }
        sessions.begin(request, response, person, hash, "key");
        return onTo(form.next(), response);
    }

    @WithoutLogin
    @PostMapping("/login/link")
    @Nullable
    Html byLink(
            View view,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "/") String next) {
        String person = name.strip();
        // The link stays good while the name is being mended.
        LoginForm form = new LoginForm(LocalPath.of(next), "", token.length() > LONGEST_KEY ? "" : token, person);
        if (isTooOften(request, response)) {
            return page(view, form.failed("often"), HttpStatus.TOO_MANY_REQUESTS);
        }
        if (PersonKeys.nameFault(person) != null) {
            return page(view, form.failed("name"), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (keys.isTaken(person)) {
            return page(view, form.failed("taken"), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Right right = links.use(form.token());
        if (right == null) {
            failures.failed(request.getRemoteAddr());
            return page(view, new LoginForm(form.next(), "", "", "").failed("link"), HttpStatus.UNAUTHORIZED);
        }
        sessions.begin(request, response, new Person(person, right), "", "one-time link");
        return onTo(form.next(), response);
    }

    @Requires(Right.VIEWER)
    @PostMapping("/logout")
    @Nullable
    Html logout(HttpServletRequest request, HttpServletResponse response) {
        sessions.end(request);
        return onTo("/login", response);
    }

    private boolean isTooOften(HttpServletRequest request, HttpServletResponse response) {
        long seconds = failures.waitSeconds(request.getRemoteAddr());
        if (seconds > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        return seconds > 0;
    }

    /** The browser asks for the next page by GET, so that going back does not send the form again. */
    private static @Nullable Html onTo(String path, HttpServletResponse response) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, path);
        return null;
    }
}
