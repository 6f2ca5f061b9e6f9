package io.masterdeal.service.sla;

import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.InstantParameter;
import io.masterdeal.service.sla.SlaSummaryView.Group;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Counts clocks by what they have in common. */
@RestController
class SlaSummaryController {

    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    private static final List<String> GROUPINGS = List.of("policy", "segment", "domain", "state", "client");

    private static final String UNKNOWN = "unknown";

    private final CountQueries counts;

    private final KnownPolicies known;

    private final SlaEvaluator evaluator;

    SlaSummaryController(CountQueries counts, KnownPolicies known, SlaEvaluator evaluator) {
        this.counts = counts;
        this.known = known;
        this.evaluator = evaluator;
    }

    @Operation(
            summary = "How many clocks are in which state",
            description =
                    "By kept totals, so that it costs the same whatever is stored. With 'client' the clocks of that client"
                            + " are counted, with 'breached_from' and 'breached_to' the breaches of that period; what is too much"
                            + " to be counted for a request is refused.")
    @GetMapping("/sla/summary")
    SlaSummaryView summary(
            @Parameter(description = "policy, segment, domain, state; or client, with a client named")
                    @RequestParam(defaultValue = "policy")
                    String by,
            @Parameter(description = "Only clocks of this policy") @RequestParam(required = false) @Nullable
                    String policy,
            @Parameter(description = "Only clocks of this domain") @RequestParam(required = false) @Nullable
                    String domain,
            @Parameter(description = "Only clocks of this client") @RequestParam(required = false) @Nullable
                    String client,
            @Parameter(description = "Count breaches from this instant on; by policy or domain, not of one client")
                    @RequestParam(name = "breached_from", required = false)
                    @Nullable
                    String breachedFrom,
            @Parameter(description = "Count breaches before this instant; at most 366 days later")
                    @RequestParam(name = "breached_to", required = false)
                    @Nullable
                    String breachedTo) {
        check(by, client);
        List<String> policies = known.chosen(policy, domain);
        boolean all = policy == null && domain == null;
        Map<String, Long> breached = breached(by, client, breachedFrom, breachedTo);
        List<ClockCount> found = (client == null ? counts.all() : counts.ofClient(Page.text(client)))
                .stream()
                        .filter(count -> all || policies.contains(count.policy()))
                        .toList();
        Map<String, List<ClockCount>> groups = new LinkedHashMap<>();
        names(by, policies, client).forEach(name -> groups.put(name, new ArrayList<>()));
        Function<ClockCount, String> grouping = grouping(by, client);
        found.forEach(count -> groups.computeIfAbsent(grouping.apply(count), _ -> new ArrayList<>())
                .add(count));
        List<Group> views = new ArrayList<>();
        groups.forEach((name, of) -> views.add(Group.of(name, of, breachedIn(name, by, breached))));
        return new SlaSummaryView(
                by,
                evaluator.label(),
                views,
                Group.of(
                        null,
                        found,
                        breached == null
                                ? null
                                : views.stream()
                                        .mapToLong(group ->
                                                group.breachedInPeriod() == null ? 0 : group.breachedInPeriod())
                                        .sum()));
    }

    private static void check(String by, @Nullable String client) {
        KnownPolicies.check("grouping", by, GROUPINGS);
        if (by.equals("client") && client == null) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no client",
                    "Clocks are counted for one client at a time: name it in 'client'. Totals of all clients are not kept.");
        }
    }

    private @Nullable Map<String, Long> breached(
            String by, @Nullable String client, @Nullable String breachedFrom, @Nullable String breachedTo) {
        Instant from = InstantParameter.read("breached_from", breachedFrom);
        Instant to = InstantParameter.read("breached_to", breachedTo);
        if (from == null && to == null) {
            return null;
        }
        if (from == null
                || to == null
                || to.isBefore(from)
                || Duration.between(from, to).compareTo(LONGEST_PERIOD) > 0) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not a period",
                    "A period has 'breached_from' and 'breached_to', at most 366 days later.");
        }
        if (client != null || !(by.equals("policy") || by.equals("domain"))) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not counted so",
                    "The breaches of a period are counted by policy or by domain, of all clients.");
        }
        return counts.breached(from, to);
    }

    /** What there is according to the configuration: a group without a clock is shown too. */
    private Collection<String> names(String by, List<String> policies, @Nullable String client) {
        return switch (by) {
            case "policy" -> policies;
            case "segment" -> known.segments();
            case "domain" -> policies.stream().map(this::domain).distinct().toList();
            case "state" -> KnownPolicies.STATES;
            default -> client == null ? List.of() : List.of(client);
        };
    }

    private Function<ClockCount, String> grouping(String by, @Nullable String client) {
        return switch (by) {
            case "policy" -> ClockCount::policy;
            case "segment" -> ClockCount::segment;
            case "domain" -> count -> domain(count.policy());
            case "state" -> ClockCount::state;
            default -> _ -> client == null ? UNKNOWN : client;
        };
    }

    /** Clocks of a policy that is not used any more are there until they are evaluated again. */
    private String domain(String policy) {
        String domain = known.domain(policy);
        return domain == null ? UNKNOWN : domain;
    }

    private @Nullable Long breachedIn(String name, String by, @Nullable Map<String, Long> breached) {
        if (breached == null) {
            return null;
        }
        return breached.entrySet().stream()
                .filter(entry -> name.equals(by.equals("domain") ? domain(entry.getKey()) : entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
