package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** The sessions of people who have logged in. What a session says is text, so that it survives an update of this program. */
final class LoginSessions {

    private static final Logger log = LoggerFactory.getLogger(LoginSessions.class);

    /** How long a session lasts after the login. Pages that refresh themselves would keep it alive for ever otherwise. */
    static final Duration LENGTH = Duration.ofHours(8);

    private static final String NAME = "login.name";
    private static final String RIGHT = "login.right";
    private static final String KEY = "login.key";
    private static final String AT = "login.at";

    private final KnownKeys keys;
    private final CsrfTokenRepository tokens;
    private final Clock clock;

    LoginSessions(KnownKeys keys, CsrfTokenRepository tokens, Clock clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Begins a session, with an id that nobody knows yet, and ends that of before.
     *
     * @param how the way in, for the log
     */
    void begin(HttpServletRequest request, HttpServletResponse response, Person person, String keyHash, String how) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setAttribute(NAME, person.name());
        session.setAttribute(RIGHT, person.right().tag());
        session.setAttribute(KEY, keyHash);
        session.setAttribute(AT, clock.instant().toString());
        // Made now: two pages that are asked for at the same time would each make one of their own.
        tokens.saveToken(tokens.generateToken(request), request, response);
        log.info(
                "{} logged in by {} with the right '{}' from {}",
                person.name(),
                how,
                person.right().tag(),
                request.getRemoteAddr());
    }

    /** Ends the session of a request, if it has one. */
    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Whose session a request belongs to; null if it has none, or the session or the key has ended. */
    @Nullable
    Person person(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        Login login = login(session);
        if (login == null || !login.at().plus(LENGTH).isAfter(clock.instant())) {
            return null;
        }
        return login.keyHash().isEmpty() ? login.person() : keys.person(login.keyHash());
    }

    private static @Nullable Login login(HttpSession session) {
        Right right = session.getAttribute(RIGHT) instanceof String tag ? Right.of(tag) : null;
        if (right != null
                && session.getAttribute(NAME) instanceof String name
                && session.getAttribute(KEY) instanceof String keyHash
                && session.getAttribute(AT) instanceof String at) {
            return new Login(new Person(name, right), keyHash, Instant.parse(at));
        }
        return null; // Before login, or a value that this version cannot read.
    }
}
