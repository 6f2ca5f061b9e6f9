package io.masterdeal.role.access;

import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who may send which requests. The first rule that fits a request decides, and what no rule fits is refused. Health is open to
 * everyone. Immutable.
 */
public final class AccessPolicy {
    /** The principal of the operator. */
    public static final String OPERATOR = "operator";

    /** The principal of those who may look at everything. */
    public static final String READER = "reader";

    /** The principal of the console. It has the operator's rights, and names the people for whom it acts: see {@link Actor}. */
    public static final String CONSOLE = "console";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final String hint;
    private final List<Rule> rules;

    private AccessPolicy(String hint, List<Rule> rules) {
        this.hint = hint;
        this.rules = List.copyOf(rules);
    }

    /**
     * A policy that lets nobody in.
     *
     * @param hint tells a caller without a key which one to send
     */
    public static AccessPolicy withHint(String hint) {
        return new AccessPolicy(hint, List.of())
                .open(path(it -> it.equals("/actuator/health") || it.startsWith("/actuator/health/")));
    }

    /**
     * Any key may read, and only the operator's and the console's may change something.
     *
     * @param questions paths to which any caller may POST, since that changes nothing
     */
    public static AccessPolicy readOrOperate(Set<String> questions) {
        return withHint("Give a key: 'Authorization: Bearer KEY'.")
                .anyKey(request ->
                        READING.contains(request.getMethod()) || questions.contains(request.getServletPath()))
                .keys(
                        _ -> true,
                        AccessPolicy::mayOperate,
                        caller -> "Only the key of the operator may do this, not that of " + caller + ".");
    }

    /** Whether a principal has the rights of an operator. */
    public static boolean mayOperate(String principal) {
        return principal.equals(OPERATOR) || principal.equals(CONSOLE);
    }

    /** Requests with such a path, as the servlet container resolved it: a raw one may go elsewhere by "..". */
    public static Predicate<HttpServletRequest> path(Predicate<String> paths) {
        return request -> paths.test(request.getServletPath());
    }

    /** Lets everyone send these requests, without a key too. */
    public AccessPolicy open(Predicate<HttpServletRequest> requests) {
        return and(new Rule(requests, true, _ -> true, UnaryOperator.identity()));
    }

    /** Lets everyone with a key send these requests. */
    public AccessPolicy anyKey(Predicate<HttpServletRequest> requests) {
        return keys(requests, _ -> true, UnaryOperator.identity());
    }

    /**
     * Lets some callers send these requests.
     *
     * @param callers by the name of the principal
     * @param refusal tells others, by that name, why they may not
     */
    public AccessPolicy keys(
            Predicate<HttpServletRequest> requests, Predicate<String> callers, UnaryOperator<String> refusal) {
        return and(new Rule(requests, false, callers, refusal));
    }

    private AccessPolicy and(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new AccessPolicy(hint, more);
    }

    /** Whether nobody is asked for a key. */
    boolean isOpen(HttpServletRequest request) {
        return rule(request).map(Rule::open).orElse(false);
    }

    /** Why this caller may not send this request; null if there is no reason. */
    @Nullable
    ProblemDocument refusal(HttpServletRequest request, Optional<String> caller) {
        if (caller.isEmpty()) {
            return ProblemDocument.unauthenticated(hint);
        }
        Optional<Rule> rule = rule(request);
        if (rule.isEmpty()) {
            return ProblemDocument.forbidden("No key is good for this.");
        }
        return rule.get().callers().test(caller.get())
                ? null
                : ProblemDocument.forbidden(rule.get().refusal().apply(caller.get()));
    }

    private Optional<Rule> rule(HttpServletRequest request) {
        return rules.stream().filter(rule -> rule.requests().test(request)).findFirst();
    }

    private record Rule(
            Predicate<HttpServletRequest> requests,
            boolean open,
            Predicate<String> callers,
            UnaryOperator<String> refusal) {}
}
