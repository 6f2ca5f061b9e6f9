package io.masterdeal.service.sla;

import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicy;
import io.masterdeal.model.sla.SlaState;
import io.masterdeal.role.http.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The names that clocks are asked for by: policies, their segments and domains, states. */
@Component
class KnownPolicies {

    /** The states of clocks that have started, in the order in which they are shown. */
    static final List<String> STATES = List.of(
            word(SlaState.RUNNING),
            word(SlaState.PAUSED),
            word(SlaState.MET),
            word(SlaState.BREACHED),
            word(SlaState.CANCELLED));

    private final Map<String, SlaPolicy> policies = new LinkedHashMap<>();

    KnownPolicies(SlaEvaluator evaluator) {
        evaluator
                .policies()
                .forEach(name ->
                        policies.put(name, Objects.requireNonNull(evaluator.policy(name), "a policy of its own")));
    }

    /** The policies, in the order of reports. */
    Set<String> names() {
        return policies.keySet();
    }

    /** Whose clocks those of a policy are; null if there is no such policy. */
    @Nullable
    String domain(String policy) {
        SlaPolicy known = policies.get(policy);
        return known == null ? null : known.domain();
    }

    /** The domains that have clocks. */
    Set<String> domains() {
        Set<String> domains = new LinkedHashSet<>();
        policies.values().forEach(policy -> domains.add(policy.domain()));
        return domains;
    }

    /** The segments of all policies. */
    Set<String> segments() {
        Set<String> segments = new LinkedHashSet<>();
        segments.add(SlaPolicy.DEFAULT_SEGMENT);
        policies.values().forEach(policy -> policy.segments().forEach(segment -> segments.add(segment.name())));
        return segments;
    }

    /**
     * The policies that are meant.
     *
     * @param policy only this one; null for any
     * @param domain only those of this domain; null for any
     * @throws Problem if a name is not known
     */
    List<String> chosen(@Nullable String policy, @Nullable String domain) {
        check("policy", policy, names());
        check("domain", domain, domains());
        return policies.values().stream()
                .filter(it -> policy == null || it.name().equals(policy))
                .filter(it -> domain == null || it.domain().equals(domain))
                .map(SlaPolicy::name)
                .toList();
    }

    /**
     * A policy, a segment of it, and a state.
     *
     * @param policy its name
     * @param segment its name
     * @param state of the clock
     */
    record Combination(String policy, String segment, String state) {}

    /**
     * All combinations that clocks of some policies may have.
     *
     * @param segment only this one; null for any
     * @param state only this one; null for any
     */
    List<Combination> combinations(Collection<String> chosen, @Nullable String segment, @Nullable String state) {
        List<Combination> combinations = new ArrayList<>();
        for (String name : chosen) {
            Set<String> segments = new LinkedHashSet<>(List.of(SlaPolicy.DEFAULT_SEGMENT));
            Objects.requireNonNull(policies.get(name), "known").segments().forEach(it -> segments.add(it.name()));
            for (String each : segments) {
                if (segment == null || segment.equals(each)) {
                    STATES.stream()
                            .filter(it -> state == null || it.equals(state))
                            .forEach(it -> combinations.add(new Combination(name, each, it)));
                }
            }
        }
        return combinations;
    }

    /**
     * Refuses a name that nothing has.
     *
     * @param parameter what it is the value of
     * @param value null if it is left out
     * @throws Problem if it is none of those known
     */
    static void check(String parameter, @Nullable String value, Collection<String> known) {
        if (value != null && !known.contains(value)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such " + parameter,
                    "There is no " + parameter + " '" + value + "'. "
                            + (known.isEmpty()
                                    ? "This service has no SLA policies."
                                    : "There are: " + String.join(", ", known) + "."));
        }
    }

    private static String word(SlaState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
