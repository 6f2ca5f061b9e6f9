package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.router.servers.RunningRouter;
import io.masterdeal.testbed.http.BodyLimitAssertions;
import io.masterdeal.testbed.http.LongRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No endpoint of the router accepts an endless body. */
class BodyLimitsTest {
    private static RunningRouter router;

    @BeforeAll
    static void start() {
        router = RunningRouter.start();
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @Test
    void every_endpoint_refuses_a_body_beyond_its_limit_however_its_length_is_announced() throws Exception {
        // given
        List<String> endpoints = BodyLimitAssertions.operations(router.get("/openapi"));

        for (String endpoint : endpoints) {
            // when / then
            BodyLimitAssertions.assertRefusesTooLong(
                    new LongRequest(router.port(), endpoint, router.authorization("operator")), 512 * 1024);
        }
        assertThat(router.request("GET", "/actuator/prometheus", "reader", null).body())
                .contains("masterdeal_http_connections ");
        assertThat(endpoints).hasSizeGreaterThan(10).contains("POST /routes/explain", "PUT /subscriptions/x");
    }

    @Test
    void a_body_of_the_maximum_length_is_read() throws Exception {
        LongRequest.Answer answer = new LongRequest(
                        router.port(),
                        "POST /dead-letters/redrive",
                        "Content-Type: application/json\r\n" + router.authorization("operator"))
                .sendChunked(64 * 1024);

        // A body of blanks is not JSON, which is only noticed by reading it.
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void an_endlessly_nested_body_is_refused_before_it_is_parsed() throws Exception {
        var refused = router.request("POST", "/routes/explain", "reader", "[".repeat(101) + "]".repeat(101));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("deeper than 100 levels at byte 100");
    }
}
