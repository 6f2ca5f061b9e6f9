package io.masterdeal.routes.endpoints;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpEndpointConfigurer;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.PropertyConfigurer;
import org.jspecify.annotations.Nullable;

/**
 * {@code http:} and {@code https:}, with limits on the size of an answer and on the time of the whole call. Of the headers of an answer the
 * route keeps the content type and those that the parameter {@code responseHeaders} names, separated by commas; any other would be sent
 * along with the next call.
 */
public final class RouteHttpComponent extends HttpComponent {

    /** The most bytes of an answer, unpacked. */
    public static final long MOST_BYTES = 16L << 20;

    /** The longest time from the start of a call to the end of its answer. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** The parameter that names the headers of an answer to keep; it is not sent. */
    public static final String RESPONSE_HEADERS = "responseHeaders";

    private static final PropertyConfigurer OPTIONS = new HttpEndpointConfigurer();

    private static final long CONNECT_MS = 10_000;

    private final ParameterValues values;

    private final AnswerBounds bounds;

    /**
     * @param values the values of parameters
     * @param mostBytes of an answer
     * @param longest of a call, from its start to the end of its answer
     */
    public RouteHttpComponent(ParameterValues values, long mostBytes, Duration longest) {
        this.values = values;
        this.bounds = new AnswerBounds(mostBytes, longest);
        setConnectTimeout(CONNECT_MS);
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return OPTIONS;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        values.restore(parameters);
        BeanReferences.refuse(parameters, OPTIONS);
        Object kept = parameters.remove(RESPONSE_HEADERS);
        HttpEndpoint endpoint = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        endpoint.setHeaderFilterStrategy(new NamedHeaders(kept == null ? "" : kept.toString()));
        HttpClientConfigurer before = endpoint.getHttpClientConfigurer();
        endpoint.setHttpClientConfigurer(client -> {
            if (before != null) {
                before.configureHttpClient(client);
            }
            client.addExecInterceptorFirst("bounds", bounds);
        });
        return endpoint;
    }

    /** Keeps only the named headers of an answer. */
    private static final class NamedHeaders extends HttpHeaderFilterStrategy {

        private final Set<String> names;

        NamedHeaders(String named) {
            names = Arrays.stream(("content-type," + named).split(",", -1))
                    .map(it -> it.strip().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
            return !names.contains(name.toLowerCase(Locale.ROOT));
        }
    }
}
