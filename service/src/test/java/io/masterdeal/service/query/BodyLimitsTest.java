package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.http.LongRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** No endpoint of the service takes a body without end. */
class BodyLimitsTest {

    @Test
    void every_endpoint_refuses_a_body_beyond_its_limit_however_its_length_is_told() throws Exception {
        // given
        RunningService service = RunningService.shared();
        List<String> endpoints = new ArrayList<>();
        service.get("/openapi")
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> endpoints.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[^}]+}", "x"))));

        for (String endpoint : endpoints) {
            // when
            var request = new LongRequest(service.port(), endpoint, service.authorization("operator"));
            LongRequest.Answer farTooLong = request.announce(LongRequest.FAR_TOO_LONG);
            int limit = farTooLong.limit();
            LongRequest.Answer announced = request.announce(limit + 1);
            LongRequest.Answer chunked = request.sendChunked(limit + 1);

            // then
            for (LongRequest.Answer answer : List.of(farTooLong, announced, chunked)) {
                assertThat(answer.status()).as(endpoint).isEqualTo(413);
                assertThat(answer.isProblem()).as(endpoint).isTrue();
                assertThat(answer.limit()).as(endpoint).isEqualTo(limit).isBetween(1024, 512 * 1024);
            }
        }
        assertThat(service.request("GET", "/actuator/prometheus", "reader").body())
                .contains("masterdeal_http_connections ");
        assertThat(endpoints).hasSizeGreaterThan(10).contains("POST /operations/rebuild");
    }
}
