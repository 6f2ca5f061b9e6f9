package io.masterdeal.router.routes;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.FileProblem;
import io.masterdeal.routes.LoadedRoute;
import io.masterdeal.routes.RouteEngine;
import io.masterdeal.routes.RouteResult;
import io.masterdeal.routes.RouteResult.Verdict;
import io.masterdeal.routes.RouteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The route engine of this process, if it has one. Thread-safe. */
public final class OptionalRouteEngine implements AutoCloseable {

    private static final String NONE = "this router has no routes: no folder is set with --routes";

    private final @Nullable RouteEngine engine;

    private OptionalRouteEngine(@Nullable RouteEngine engine) {
        this.engine = engine;
    }

    /**
     * Starts the engine; routes that read from external systems wait for {@link #lead}.
     *
     * @param settings null for no engine
     * @throws UncheckedIOException if the folder or the secrets cannot be read
     */
    public static OptionalRouteEngine start(@Nullable RouteSettings settings, EventCatalog catalog) {
        try {
            return new OptionalRouteEngine(settings == null ? null : RouteEngine.start(settings, catalog));
        } catch (IOException e) {
            throw new UncheckedIOException("the routes do not start: " + e.getMessage(), e);
        }
    }

    /** Whether there is an engine. */
    public boolean isThere() {
        return engine != null;
    }

    /**
     * Sets whether this process is the leader. Of several processes with the same folder only the leader reads from external
     * systems.
     */
    public void lead(boolean leads) {
        if (engine != null) {
            engine.runSources(leads);
        }
    }

    /**
     * Sends an event to a route.
     *
     * @return completes within about the timeout, and never exceptionally
     */
    public CompletableFuture<RouteResult> send(String route, byte[] event, Duration timeout) {
        return engine == null
                ? CompletableFuture.completedFuture(new RouteResult(Verdict.AWAY, NONE))
                : engine.send(route, event, timeout);
    }

    /** What a route would do with an event, and because of which conditions; nothing is sent. */
    public JsonNode explain(String route, JsonNode event) throws InterruptedException {
        if (engine != null) {
            return engine.explain(route, event);
        }
        var none = JsonMapper.shared().createObjectNode();
        none.putArray("failed")
                .addObject()
                .withObject("/reason")
                .put("title", "no such route")
                .put("detail", NONE);
        return none;
    }

    /** The loaded routes. */
    public List<LoadedRoute> routes() {
        return engine == null ? List.of() : engine.routes();
    }

    /** The route files that cannot be used. */
    public List<FileProblem> problems() {
        return engine == null ? List.of() : engine.problems();
    }

    /** Input files that wait for an operator because their refused items could not be stored; with the reason. */
    public List<String> setAside() {
        return engine == null ? List.of() : engine.setAside();
    }

    /** What the events of routes are waiting for; empty if they are not. */
    public String waitsFor() {
        return engine == null ? "" : engine.waitsFor();
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
