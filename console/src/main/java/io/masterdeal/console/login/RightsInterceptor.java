package io.masterdeal.console.access;

import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request pass only if its person has the right that its handler {@link Requires}. What says nothing changes nothing. */
final class RightsInterceptor implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !(request.getAttribute(Person.ATTRIBUTE) instanceof Person person)) {
            return true; // Files of pages, and paths that the filter before left open.
        }
        Requires requires = method.getMethodAnnotation(Requires.class);
        boolean allowed = requires == null ? READING.contains(request.getMethod()) : person.may(requires.value());
        if (!allowed) {
            JsonAnswer.of(ProblemDocument.forbidden(
                            requires == null
                                    ? "Nobody may do this."
                                    : "This needs the right '"
                                            + requires.value().name().toLowerCase(java.util.Locale.ROOT) + "', and "
                                            + person.name() + " has '"
                                            + person.right().name().toLowerCase(java.util.Locale.ROOT) + "'."))
                    .writeTo(response);
        }
        return allowed;
    }
}
