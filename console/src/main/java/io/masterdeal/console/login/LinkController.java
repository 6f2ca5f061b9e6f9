package io.masterdeal.console.login;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.role.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes one-time links, for whoever has an operator's key: a session that came from a link cannot make further ones. */
@RestController
class LinkController {

    private final LoginLinks links;
    private final @Nullable URI address;

    LinkController(LoginLinks links, Environment environment) {
        this.links = links;
        this.address = LoginConfiguration.publicAddress(environment);
    }

    /**
     * A link that was made.
     *
     * @param url to be opened in a browser, once
     * @param right that it gives
     * @param expiresAt when it is no longer good
     */
    record Link(String url, String right, Instant expiresAt) {}

    @Requires(value = Right.OPERATOR, byKey = true)
    @PostMapping(path = "/links", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Link make(HttpServletRequest request, @RequestParam(defaultValue = "operator") String right) {
        Right wanted = Right.of(right);
        if (wanted == null || wanted == Right.ADMIN) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "no such right", "A link gives the right 'viewer' or 'operator'.");
        }
        LoginLinks.Made made = links.make(wanted);
        if (made == null) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "too many links",
                    LoginLinks.MOST + " links wait to be used. Use one of them, or wait five minutes.");
        }
        return new Link(base(request) + "/login#link=" + made.token(), wanted.tag(), made.expiresAt());
    }

    private String base(HttpServletRequest request) {
        if (address != null) {
            return address.toString().replaceAll("/+$", "");
        }
        return request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
    }
}
