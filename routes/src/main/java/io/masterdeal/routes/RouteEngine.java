package io.masterdeal.routes;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.RouteResult.Verdict;
import io.masterdeal.routes.endpoints.ParameterValues;
import io.masterdeal.routes.events.GatewayEventSink;
import io.masterdeal.routes.events.MasterDealComponent;
import io.masterdeal.routes.events.RefusedEventException;
import io.masterdeal.routes.files.RouteContext;
import io.masterdeal.routes.files.RouteFileException;
import io.masterdeal.routes.files.Secrets;
import io.masterdeal.routes.trial.Trial;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the routes of a folder. A file that is added, changed or deleted takes effect within about a second. One that cannot be used leaves
 * its routes as they were, and {@link #problems} names it. Thread-safe.
 */
public final class RouteEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RouteEngine.class);

    private static final long LOOK_EVERY_MS = 250;

    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private final RouteSettings settings;

    private final EventCatalog catalog;

    private final GatewayEventSink sink;

    private final DefaultCamelContext context;

    private final RouteFolder folder;

    private final ProducerTemplate template;

    private final Thread watch;

    private volatile boolean closed;

    private RouteEngine(
            RouteSettings settings,
            EventCatalog catalog,
            GatewayEventSink sink,
            DefaultCamelContext context,
            RouteFolder folder) {
        this.settings = settings;
        this.catalog = catalog;
        this.sink = sink;
        this.context = context;
        this.folder = folder;
        this.template = context.createProducerTemplate();
        this.watch = Workers.daemon("routes-folder", this::watch);
    }

    /**
     * Starts an engine with the routes in the folder.
     *
     * @throws IOException if the folder or the secrets cannot be read
     */
    public static RouteEngine start(RouteSettings settings, EventCatalog catalog) throws IOException {
        if (!Files.isDirectory(settings.folder())) {
            throw new IOException("the folder of routes " + settings.folder() + " does not exist");
        }
        ParameterValues values = new ParameterValues();
        Secrets secrets = Secrets.read(settings.secrets());
        GatewayEventSink sink = new GatewayEventSink(
                settings.gateway(),
                settings.apiKeys(),
                settings.rejected(),
                text -> secrets.redact(values.shown(text)));
        MasterDealComponent ours = new MasterDealComponent(sink, values);
        DefaultCamelContext context = RouteContext.create(
                settings.secrets(), secrets, values, scheme -> scheme.equals(MasterDealComponent.SCHEME) ? ours : null);
        try {
            RouteFolder folder = new RouteFolder(context, settings, secrets, values);
            context.start();
            folder.look(true);
            RouteEngine engine = new RouteEngine(settings, catalog, sink, context, folder);
            engine.watch.start();
            return engine;
        } catch (IOException | RuntimeException e) {
            sink.close();
            context.stop();
            throw e;
        }
    }

    private void watch() {
        String logged = "";
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                folder.look(false);
                logged = "";
            } catch (IOException | RuntimeException | StackOverflowError e) {
                if (!logged.equals(e.toString())) {
                    logged = e.toString();
                    log.warn("the folder of routes cannot be read; trying again: {}", logged);
                }
            } catch (InterruptedException e) {
                return; // It is closed.
            }
        }
    }

    /**
     * Passes an event to the route that reads from {@code direct:NAME}.
     *
     * @param name of the route's source
     * @param event in structured mode, UTF-8; the route gets it as the body, a text
     * @param timeout how long the route may take
     * @return completes within about that time, and never exceptionally
     */
    public CompletableFuture<RouteResult> send(String name, byte[] event, Duration timeout) {
        CompletableFuture<RouteResult> result = new CompletableFuture<>();
        Thread thread = Workers.virtual("route-" + name, () -> {
            try {
                result.complete(run(name, event));
            } catch (RuntimeException | StackOverflowError e) {
                result.complete(failed(name, e));
            }
        });
        result.completeOnTimeout(
                new RouteResult(Verdict.AWAY, "route '" + name + "' had not ended after " + timeout),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        var _ = result.whenComplete((_, _) -> thread.interrupt());
        thread.start();
        return result;
    }

    private RouteResult run(String name, byte[] event) {
        Exchange done = template.send("direct:" + name, exchange -> {
            exchange.setProperty(MasterDealComponent.DELIVERY, true);
            exchange.getMessage().setBody(new String(event, StandardCharsets.UTF_8));
            exchange.getMessage()
                    .getHeaders()
                    .putAll(headers(JsonMapper.shared().readTree(event)));
        });
        Exception failure = done.getException();
        return failure == null ? new RouteResult(Verdict.TAKEN, "") : failed(name, failure);
    }

    /** The attributes of an event as headers, named as in HTTP, and the content type of its body. */
    private static Map<String, Object> headers(JsonNode event) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(Exchange.CONTENT_TYPE, "application/cloudevents+json; charset=UTF-8");
        event.properties().forEach(it -> {
            if (!it.getKey().equals("data") && it.getValue().isValueNode()) {
                headers.put("ce-" + it.getKey(), it.getValue().asString());
            }
        });
        return headers;
    }

    private RouteResult failed(String name, Throwable failure) {
        String said = failure.toString();
        Verdict verdict = Verdict.FAILED;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DirectConsumerNotAvailableException) {
                return new RouteResult(Verdict.AWAY, "no route reads from direct:" + name + " now");
            }
            if (cause instanceof RefusedEventException) {
                verdict = Verdict.REFUSED;
            } else if (isAway(cause)) {
                verdict = Verdict.AWAY;
            }
            said = cause.getMessage() == null ? said : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
        return new RouteResult(verdict, folder.redact(said.replace('\0', ' ')));
    }

    private static boolean isAway(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof NoHttpResponseException
                || cause instanceof ConnectionClosedException
                || (cause instanceof HttpOperationFailedException http && AWAY.contains(http.getHttpResponseCode()));
    }

    /**
     * Starts or stops the routes that read from outside; they are stopped at first. Routes that read from {@code direct:} always run.
     */
    public void runSources(boolean run) {
        folder.runSources(run);
    }

    /** All loaded routes. */
    public List<LoadedRoute> routes() {
        return folder.routes();
    }

    /** The files whose current content is not in use. */
    public List<FileProblem> problems() {
        return folder.problems();
    }

    /** Dropped files that need an operator, because their rejected items could not be kept; each with the reason. */
    public List<String> setAside() {
        return folder.setAside();
    }

    /** What events of routes are waiting for at the moment; empty if none waits. */
    public String waitsFor() {
        return sink.waitsFor();
    }

    /**
     * What the route that reads from {@code direct:NAME} would do with an event; nothing is sent.
     *
     * @return what {@link Trial#run} returns, or only {@code failed} if there is no such route
     */
    public ObjectNode explain(String name, JsonNode event) throws InterruptedException {
        try (Trial trial = Trial.of(folder.files(), settings.secrets(), catalog)) {
            for (LoadedRoute route : folder.routes()) {
                if (route.source().equals("direct://" + name)) {
                    return trial.run(
                            route.id(),
                            new Trial.Sample(event.toString().getBytes(StandardCharsets.UTF_8), headers(event)));
                }
            }
            ObjectNode none = JsonMapper.shared().createObjectNode();
            none.putArray("failed")
                    .addObject()
                    .withObject("/reason")
                    .put("title", "no such route")
                    .put("detail", "no route reads from direct:" + name + " now");
            return none;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RouteFileException e) {
            throw new IllegalStateException("routes that run cannot be tried: " + e.getMessage(), e);
        }
    }

    /** Stops the routes. Messages in progress are aborted and are read or delivered again later. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        sink.close();
        context.stop();
    }
}
