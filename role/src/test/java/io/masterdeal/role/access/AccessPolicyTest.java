package io.masterdeal.role.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    @Test
    void health_is_open_and_nothing_that_only_begins_like_it() {
        AccessPolicy policy = AccessPolicy.withHint("Send a key.");

        assertThat(policy.isOpen(request("GET", "/actuator/health"))).isTrue();
        assertThat(policy.isOpen(request("GET", "/actuator/health/readiness"))).isTrue();
        assertThat(policy.isOpen(request("GET", "/actuator/healthy"))).isFalse();
    }

    @Test
    void what_no_rule_fits_is_refused_to_everyone() {
        AccessPolicy policy = AccessPolicy.withHint("Send a key.").anyKey(AccessPolicy.path("/crm"::equals));

        assertThat(status(policy, "GET", "/crm", "crm")).isEqualTo(200);
        assertThat(status(policy, "GET", "/other", "operator")).isEqualTo(403);
    }

    @Test
    void the_first_rule_that_fits_decides() {
        AccessPolicy policy = AccessPolicy.withHint("Send a key.")
                .keys(AccessPolicy.path("/crm"::equals), "reader"::equals, caller -> "Not " + caller + ".")
                .anyKey(_ -> true);

        assertThat(policy.refusal(request("GET", "/crm"), Optional.of("crm")))
                .isEqualTo(ProblemDocument.forbidden("Not crm."));
        assertThat(status(policy, "GET", "/crm", "reader")).isEqualTo(200);
        assertThat(status(policy, "GET", "/media", "crm")).isEqualTo(200);
    }

    @Test
    void any_key_reads_and_asks_and_only_the_operator_changes_something() {
        AccessPolicy policy = AccessPolicy.readOrOperate(Set.of("/explain"));

        assertThat(policy.refusal(request("GET", "/deals"), Optional.empty()))
                .isEqualTo(ProblemDocument.unauthenticated("Give a key: 'Authorization: Bearer KEY'."));
        assertThat(status(policy, "GET", "/deals", "crm")).isEqualTo(200);
        assertThat(status(policy, "POST", "/explain", "crm")).isEqualTo(200);
        assertThat(status(policy, "POST", "/deals", "crm")).isEqualTo(403);
        assertThat(status(policy, "POST", "/deals", "operator")).isEqualTo(200);
        assertThat(status(policy, "POST", "/deals", "console")).isEqualTo(200);
    }

    private static int status(AccessPolicy policy, String method, String path, String caller) {
        ProblemDocument refusal = policy.refusal(request(method, path), Optional.of(caller));
        return refusal == null ? 200 : refusal.status();
    }

    private static HttpServletRequest request(String method, String path) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                AccessPolicyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, called, _) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getServletPath" -> path;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }
}
