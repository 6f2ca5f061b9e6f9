package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.http.BodyLimitAssertions;
import io.masterdeal.testbed.http.LongRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No endpoint of the service takes a body without end. */
class BodyLimitsTest {

    @Test
    void every_endpoint_refuses_a_body_beyond_its_limit_however_its_length_is_told() throws Exception {
        // given
        RunningService service = RunningService.shared();
        List<String> endpoints = BodyLimitAssertions.operations(service.get("/openapi"));

        for (String endpoint : endpoints) {
            // when / then
            BodyLimitAssertions.assertRefusesTooLong(
                    new LongRequest(service.port(), endpoint, service.authorization("operator")), 512 * 1024);
        }
        assertThat(service.request("GET", "/actuator/prometheus", "reader").body())
                .contains("masterdeal_http_connections ");
        assertThat(endpoints).hasSizeGreaterThan(10).contains("POST /operations/rebuild");
    }
}
