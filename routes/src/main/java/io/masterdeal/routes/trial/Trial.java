package io.masterdeal.routes.trial;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.endpoints.ParameterValues;
import io.masterdeal.routes.events.JsonTexts;
import io.masterdeal.routes.events.MasterDealComponent;
import io.masterdeal.routes.files.FailureHandling;
import io.masterdeal.routes.files.RouteContext;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.files.RouteFileException;
import io.masterdeal.routes.files.Secrets;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Routes in a context of their own, in which no source delivers anything and every sink only records what would be sent. Events are
 * checked as the gateway checks them. Not thread-safe.
 */
public final class Trial implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MS = 10;

    private final DefaultCamelContext context;

    private final Recorder recorder;

    private final Secrets secrets;

    private final ParameterValues values;

    private final List<String> routes;

    private Trial(
            DefaultCamelContext context,
            Recorder recorder,
            Secrets secrets,
            ParameterValues values,
            List<String> routes) {
        this.context = context;
        this.recorder = recorder;
        this.secrets = secrets;
        this.values = values;
        this.routes = List.copyOf(routes);
    }

    /**
     * Prepares a trial.
     *
     * @param files route files; those whose routes call each other by {@code direct:} have to be given together
     * @param secretsFile the values of {@code {{name}}}; null if there is none
     * @param catalog the event types
     * @throws RouteFileException if a file cannot be used
     * @throws IOException if the secrets cannot be read
     */
    public static Trial of(List<RouteFile> files, @Nullable Path secretsFile, EventCatalog catalog)
            throws RouteFileException, IOException {
        Secrets secrets = Secrets.read(secretsFile);
        Recorder recorder = new Recorder();
        TrialEventSink sink = new TrialEventSink(catalog, recorder);
        ParameterValues values = new ParameterValues();
        DefaultCamelContext context = RouteContext.create(secretsFile, secrets, values, scheme -> switch (scheme) {
            case MasterDealComponent.SCHEME -> new MasterDealComponent(sink, values);
            case "direct" -> null;
            default -> new RecordingComponent(recorder, values);
        });
        List<String> routes = new ArrayList<>();
        try {
            context.start();
            for (RouteFile file : files) {
                file.addTo(context, added -> {
                    FailureHandling.applyOnce(added);
                    Conditions.record(added, recorder);
                    added.getRoutes().forEach(it -> routes.add(it.getRouteId()));
                });
            }
            return new Trial(context, recorder, secrets, values, routes);
        } catch (RouteFileException e) {
            context.stop();
            throw new RouteFileException(e.line(), secrets.redact(values.shown(String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
    }

    /** The ids of the routes, in the order of the files. */
    public List<String> routes() {
        return routes;
    }

    /**
     * The input of a route.
     *
     * @param content what its source would deliver; for a route that starts by itself (timer), the answer to its first HTTP call
     * @param headers by name
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    public record Sample(byte[] content, Map<String, Object> headers) {

        /** A file. */
        public static Sample file(String name, byte[] content) {
            return new Sample(
                    content,
                    Map.of(Exchange.FILE_NAME, name, Exchange.FILE_NAME_ONLY, name, "CamelFileNameConsumed", name));
        }
    }

    /**
     * Runs a route.
     *
     * @param id of the route
     * @return {@code route}, {@code source}, {@code ok}, {@code sends}, {@code conditions} and {@code failed}; no secrets
     * @throws IllegalArgumentException if there is no such route
     */
    public ObjectNode run(String id, Sample sample) throws InterruptedException {
        Route route = context.getRoute(id);
        if (route == null) {
            throw new IllegalArgumentException("there is no route '" + id + "'; there are " + routes);
        }
        String source = route.getEndpoint().getEndpointUri();
        boolean asks = source.startsWith("timer:");
        recorder.begin(asks ? sample.content() : null);
        DefaultConsumer consumer = (DefaultConsumer) route.getConsumer();
        Exchange exchange = consumer.createExchange(false);
        if (!asks) {
            exchange.getMessage()
                    .setBody(
                            source.startsWith("direct:")
                                    ? new String(sample.content(), StandardCharsets.UTF_8)
                                    : sample.content());
        }
        exchange.getMessage().getHeaders().putAll(sample.headers());
        if (source.startsWith("direct:")) {
            exchange.setProperty(MasterDealComponent.DELIVERY, true);
        }
        process(consumer, exchange);
        ObjectNode report =
                JsonNodeFactory.instance.objectNode().put("route", id).put("source", values.shown(source));
        recorder.writeTo(report);
        return (ObjectNode) JsonTexts.changed(report, text -> secrets.redact(values.shown(text)));
    }

    private void process(DefaultConsumer consumer, Exchange exchange) throws InterruptedException {
        Callable<String> work = () -> {
            consumer.getProcessor().process(exchange);
            while (context.getInflightRepository().size() > 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS); // For work beside the route, such as a wire tap.
            }
            return "";
        };
        FutureTask<String> task = new FutureTask<>(work);
        Thread thread = Workers.virtual("route-trial", task);
        thread.start();
        try {
            var _ = task.get(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            if (exchange.getException() != null) {
                fail(exchange.getException());
            }
        } catch (ExecutionException e) {
            fail(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            fail(new IllegalStateException("it had not ended after " + AT_MOST.toSeconds() + " s"));
        }
    }

    private void fail(Throwable failure) {
        String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        recorder.failed(
                "",
                null,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("title", "the route fails")
                        .put("detail", values.shown(said)));
    }

    @Override
    public void close() {
        context.stop();
    }
}
