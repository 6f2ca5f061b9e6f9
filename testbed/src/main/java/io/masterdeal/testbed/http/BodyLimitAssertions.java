package io.masterdeal.testbed.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What must hold of the limits that an API sets to bodies. */
public final class BodyLimitAssertions {

    private static final int AT_LEAST = 1024;

    private BodyLimitAssertions() {}

    /**
     * The operations of an API, such as {@code PUT /subscriptions/x}, with an {@code x} for each parameter.
     *
     * @param openApi its description
     */
    public static List<String> operations(JsonNode openApi) {
        List<String> operations = new ArrayList<>();
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[^}]+}", "x"))));
        return operations;
    }

    /**
     * An endpoint names its limit, and refuses a body that is one byte longer, whether its length is announced or not.
     *
     * @param request to the endpoint
     * @param atMost what its limit may be, in bytes
     */
    public static void assertRefusesTooLong(LongRequest request, int atMost) throws IOException {
        LongRequest.Answer farTooLong = request.announce(LongRequest.FAR_TOO_LONG);
        int limit = farTooLong.limit();
        LongRequest.Answer announced = request.announce(limit + 1);
        LongRequest.Answer chunked = request.sendChunked(limit + 1);

        for (LongRequest.Answer answer : List.of(farTooLong, announced, chunked)) {
            assertThat(answer.status()).as(request.head()).isEqualTo(413);
            assertThat(answer.isProblem()).as(request.head()).isTrue();
            assertThat(answer.limit()).as(request.head()).isEqualTo(limit).isBetween(AT_LEAST, atMost);
        }
    }
}
