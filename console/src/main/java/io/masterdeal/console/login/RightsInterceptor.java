package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.WithoutLogin;
import io.masterdeal.console.login.Refusals.Reason;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a request pass only if its person has the right that its handler {@link Requires}. A handler that says nothing changes nothing, and
 * one that is not {@link WithoutLogin} needs a person.
 */
final class RightsInterceptor implements HandlerInterceptor {

    private final Refusals refusals;

    RightsInterceptor(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || request.getDispatcherType() == DispatcherType.ERROR
                || method.hasMethodAnnotation(WithoutLogin.class)) {
            return true;
        }
        if (!(request.getAttribute(Person.ATTRIBUTE) instanceof Person person)) {
            refusals.refuse(request, response, Reason.SESSION, ProblemDocument.unauthenticated("Log in at /login."));
            return false;
        }
        Requires requires = method.getMethodAnnotation(Requires.class);
        boolean allowed = requires == null
                ? OriginFilter.READING.contains(request.getMethod())
                : person.may(requires.value()) && !(requires.byKey() && FormTokens.bySession(request));
        if (!allowed) {
            refusals.refuse(request, response, Reason.RIGHT, ProblemDocument.forbidden(refusal(requires, person)));
        }
        return allowed;
    }

    private static String refusal(@Nullable Requires requires, Person person) {
        if (requires == null) {
            return "Nobody may do this.";
        }
        return requires.byKey() && person.may(requires.value())
                ? "This needs a key in the request: 'Authorization: Bearer KEY'. A session does not do."
                : "This needs the right '" + requires.value().tag() + "', and " + person.name() + " has '"
                        + person.right().tag() + "'.";
    }
}
