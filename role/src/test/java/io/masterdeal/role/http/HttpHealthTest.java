package io.masterdeal.role.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Health says when callers are refused because of others, and only then. */
class HttpHealthTest {

    @Test
    void a_role_that_has_no_room_for_anybody_says_so_and_one_caller_does_not_bring_it_there() {
        // given
        var bodies = new RequestBodies(400, 10, Duration.ofSeconds(1), Duration.ofMillis(20));
        var health = new HttpHealth(List.of(bodies));
        bodies.read(body(100), "crm", 100);

        // when
        assertThatThrownBy(() -> bodies.read(body(1), "crm", 100)).isInstanceOf(BodyRefusedException.class);
        Status ofOne = health.health().getStatus();
        for (String caller : List.of("legal", "dcm", "task")) {
            bodies.read(body(100), caller, 100);
        }
        assertThatThrownBy(() -> bodies.read(body(1), "media", 100)).isInstanceOf(BodyRefusedException.class);
        Status ofAll = health.health().getStatus();

        // then
        assertThat(ofOne).isEqualTo(Status.UP);
        assertThat(ofAll).isEqualTo(Status.OUT_OF_SERVICE);
    }

    private static HttpServletRequest body(int bytes) {
        var nothing = (HttpServletRequest) Proxy.newProxyInstance(
                HttpHealthTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (_, _, _) -> null);
        return new ReadRequest(nothing, new byte[bytes], Map.of());
    }
}
