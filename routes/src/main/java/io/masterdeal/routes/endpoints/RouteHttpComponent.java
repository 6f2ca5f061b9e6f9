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
 * {@code http:} and {@code https:}, with bounds: an answer may have so many bytes and take so long, all together. Of its headers the
 * content type goes on in the route, and those that the parameter {@code responseHeaders} names, separated by commas: any other
 * would be sent along with the next call.
 */
public final class RouteHttpComponent extends HttpComponent {

    /** The most bytes of an answer, unpacked. */
    public static final long MOST_BYTES = 16L << 20;

    /** The longest time from the begin of a call to the end of its answer. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** The parameter that names headers of answers; it is none of the call. */
    public static final String RESPONSE_HEADERS = "responseHeaders";

    private static final PropertyConfigurer OPTIONS = new HttpEndpointConfigurer();

    private static final long CONNECT_MS = 10_000;

    private final ParameterValues values;

    private final AnswerBounds bounds;

    /**
     * @param values of parameters
     * @param mostBytes of an answer
     * @param longest of a call, from its begin to the end of its answer
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
        endpoint.setHeaderFilterStrategy(new Kept(kept == null ? "" : kept.toString()));
        HttpClientConfigurer before = endpoint.getHttpClientConfigurer();
        endpoint.setHttpClientConfigurer(client -> {
            if (before != null) {
                before.configureHttpClient(client);
            }
            client.addExecInterceptorFirst("bounds", bounds);
        });
        return endpoint;
    }

    /** Of an answer's headers those that are named go on. */
    private static final class Kept extends HttpHeaderFilterStrategy {

        private final Set<String> names;

        Kept(String named) {
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
