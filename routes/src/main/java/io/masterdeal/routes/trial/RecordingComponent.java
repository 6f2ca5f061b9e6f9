package io.masterdeal.routes.trial;

import io.masterdeal.routes.endpoints.ParameterValues;
import io.masterdeal.routes.endpoints.RouteHttpComponent;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/** Replaces every component that would reach something outside: it delivers nothing, and records what is sent to it. */
final class RecordingComponent extends DefaultComponent {

    private final Recorder recorder;

    private final ParameterValues values;

    RecordingComponent(Recorder recorder, ParameterValues values) {
        this.recorder = recorder;
        this.values = values;
    }

    /** Otherwise Camel would use the configurer of the component whose scheme this one has. */
    @Override
    public @Nullable PropertyConfigurer getComponentPropertyConfigurer() {
        return null;
    }

    /** The same for endpoints. */
    @Override
    public @Nullable PropertyConfigurer getEndpointPropertyConfigurer() {
        return null;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        values.restore(parameters);
        parameters.remove(RouteHttpComponent.RESPONSE_HEADERS);
        String method = uri.startsWith("http") ? method(parameters) : "";
        Object charset = uri.startsWith("file") ? parameters.get("charset") : null;
        parameters.clear(); // They have no effect in a trial.
        return new Recording(uri, this, recorder, method, charset == null ? null : charset.toString());
    }

    /** Chosen as camel-http does: the method that is set, otherwise GET if there is a query, otherwise by the body. */
    private String method(Map<String, Object> parameters) {
        Object told = parameters.get("httpMethod");
        if (told != null) {
            return told.toString();
        }
        EndpointUriFactory http = Objects.requireNonNull(
                getCamelContext().getCamelContextExtension().getEndpointUriFactory("http"));
        return http.propertyNames().containsAll(parameters.keySet()) ? "" : "GET";
    }

    private static final class Recording extends DefaultEndpoint {

        private final Recorder recorder;

        private final String method;

        private final @Nullable String charset;

        private final String shown;

        Recording(
                String uri, RecordingComponent component, Recorder recorder, String method, @Nullable String charset) {
            super(uri, component);
            this.recorder = recorder;
            this.method = method;
            this.charset = charset;
            this.shown = component.values.shown(URISupport.sanitizeUri(uri));
        }

        /** A file has its encoding, as with camel-file. */
        @Override
        public void configureExchange(Exchange exchange) {
            super.configureExchange(exchange);
            if (charset != null) {
                exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
            }
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    byte[] answer = recorder.call(shown, method, exchange);
                    if (answer != null) {
                        exchange.getMessage().setBody(answer);
                    }
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }
    }
}
