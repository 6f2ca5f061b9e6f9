package io.masterdeal.routes;

import io.masterdeal.routes.endpoints.ParameterValues;
import io.masterdeal.routes.files.FailureHandling;
import io.masterdeal.routes.files.FileQuarantine;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.files.RouteFileException;
import io.masterdeal.routes.files.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes of a context equal to those in a folder. A file that cannot be used changes nothing: its earlier routes continue to
 * run. Camel's own watcher stops the old routes first and does not notice deleted files.
 */
final class RouteFolder {

    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private static final String SUFFIX = ".yaml";

    private static final long STOP_WITHIN_SECONDS = 3;

    private final DefaultCamelContext context;

    private final Path folder;

    private final @Nullable Path secretsFile;

    private final FileQuarantine quarantine = new FileQuarantine();

    private final Map<String, Stamp> seen = new HashMap<>();

    private final Map<String, Stamp> tried = new HashMap<>();

    private final Map<String, Loaded> loaded = new TreeMap<>();

    private final Map<String, FileProblem> problems = new TreeMap<>();

    private @Nullable Stamp secretsStamp;

    private final Secrets secrets;

    private final ParameterValues values;

    private boolean sourcesRun;

    /**
     * @param context runs the routes
     * @param secrets those of the context
     * @param values those of the context
     * @throws IOException if the secrets cannot be read
     */
    RouteFolder(DefaultCamelContext context, RouteSettings settings, Secrets secrets, ParameterValues values)
            throws IOException {
        this.context = context;
        this.folder = settings.folder();
        this.secretsFile = settings.secrets();
        this.secrets = secrets;
        this.values = values;
        this.secretsStamp = secretsFile == null ? null : Stamp.of(secretsFile);
    }

    private record Stamp(FileTime changed, long size) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    private record Loaded(RouteFile file, List<String> ids) {}

    /**
     * Compares once. A file that is still being written is loaded later, when it has not changed between two calls.
     *
     * @param atOnce whether to load files that may still be being written
     */
    synchronized void look(boolean atOnce) throws IOException {
        if (secretsFile != null && !Stamp.of(secretsFile).equals(secretsStamp)) {
            secretsStamp = Stamp.of(secretsFile);
            secrets.read();
            context.getPropertiesComponent().reloadProperties(null);
            tried.clear();
            log.info("{} has changed: all routes are loaded again", secretsFile);
        }
        Map<String, Path> there = new TreeMap<>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            files.forEach(it -> there.put(it.getFileName().toString(), it));
        }
        for (String gone : List.copyOf(seen.keySet())) {
            if (!there.containsKey(gone)) {
                seen.remove(gone);
                forget(gone);
            }
        }
        for (Map.Entry<String, Path> each : there.entrySet()) {
            Stamp stamp = Stamp.of(each.getValue());
            boolean whole = atOnce || stamp.equals(seen.put(each.getKey(), stamp));
            if (atOnce) {
                seen.put(each.getKey(), stamp);
            }
            if (whole && !stamp.equals(tried.get(each.getKey()))) {
                tried.put(each.getKey(), stamp);
                load(each.getKey(), each.getValue());
            }
        }
    }

    private void load(String name, Path path) {
        try {
            load(new RouteFile(name, Files.readString(path)));
        } catch (IOException e) {
            problems.put(name, new FileProblem(name, 0, "cannot be read: " + e, loaded.containsKey(name)));
            log.warn("routes: {}", problems.get(name));
        }
    }

    private void forget(String name) {
        tried.remove(name);
        problems.remove(name);
        Loaded old = loaded.remove(name);
        if (old != null) {
            remove(old.ids());
            log.info("{} is gone: its routes {} are stopped", name, old.ids());
        }
    }

    private void load(RouteFile file) {
        Loaded old = loaded.get(file.name());
        List<String> ids = new ArrayList<>();
        try {
            file.addTo(context, routes -> {
                checkIds(file.name(), routes);
                resolvable(routes);
                prepare(routes);
                routes.getRoutes().forEach(it -> ids.add(it.getRouteId()));
                if (old != null) {
                    remove(old.ids());
                }
            });
            loaded.put(file.name(), new Loaded(file, List.copyOf(ids)));
            problems.remove(file.name());
            log.info("{}: routes {} run", file.name(), ids);
        } catch (RouteFileException | StackOverflowError e) {
            boolean asBefore = old != null && (ids.isEmpty() || restore(old, ids));
            if (old == null) {
                remove(ids);
            }
            FileProblem problem = new FileProblem(
                    file.name(),
                    e instanceof RouteFileException told ? told.line() : 0,
                    e instanceof RouteFileException ? redact(String.valueOf(e.getMessage())) : "is nested too deep",
                    asBefore);
            problems.put(file.name(), problem);
            log.warn("routes: {}", problem);
        }
    }

    /** Restores the old routes after the new ones could not all be started. */
    private boolean restore(Loaded old, List<String> added) {
        remove(added);
        try {
            old.file().addTo(context, this::prepare);
            return true;
        } catch (RouteFileException e) {
            loaded.remove(old.file().name());
            remove(old.ids());
            log.warn(
                    "routes: the earlier routes of {} cannot be restored either: {}",
                    old.file().name(),
                    redact(e.toString()));
            return false;
        }
    }

    private void prepare(RoutesDefinition routes) {
        FailureHandling.apply(routes, quarantine);
        for (RouteDefinition route : routes.getRoutes()) {
            if (!sourcesRun && !isFed(route.getInput().getEndpointUri())) {
                route.setAutoStartup("false");
            }
        }
    }

    private static boolean isFed(String source) {
        return source.startsWith("direct:");
    }

    /** Starts or stops the routes that read from outside, including those loaded later. */
    synchronized void runSources(boolean run) {
        sourcesRun = run;
        for (LoadedRoute route : routes()) {
            if (isFed(route.source())) {
                continue;
            }
            try {
                if (run) {
                    context.getRouteController().startRoute(route.id());
                } else {
                    context.getRouteController().stopRoute(route.id(), STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
                }
            } catch (Exception e) { // Camel declares no narrower type.
                log.warn("route {} cannot be {}: {}", route.id(), run ? "started" : "stopped", redact(e.toString()));
            }
        }
    }

    private void checkIds(String name, RoutesDefinition routes) throws RouteFileException {
        Set<String> own = new HashSet<>();
        for (RouteDefinition route : routes.getRoutes()) {
            int line = Math.max(0, route.getLineNumber());
            if (!own.add(route.getRouteId())) {
                throw new RouteFileException(line, "two routes have the id '" + route.getRouteId() + "'");
            }
            for (Loaded other : loaded.values()) {
                if (!other.file().name().equals(name) && other.ids().contains(route.getRouteId())) {
                    throw new RouteFileException(
                            line,
                            "the id '" + route.getRouteId() + "' is that of a route in "
                                    + other.file().name());
                }
            }
        }
    }

    /** Finds a source that does not exist before the running routes are stopped. */
    private void resolvable(RoutesDefinition routes) throws RouteFileException {
        for (RouteDefinition route : routes.getRoutes()) {
            try {
                Endpoint endpoint = context.getEndpoint(
                        context.resolvePropertyPlaceholders(route.getInput().getEndpointUri()));
                if (endpoint == null) {
                    throw new RouteFileException(
                            Math.max(0, route.getLineNumber()),
                            "there is no source " + route.getInput().getEndpointUri());
                }
            } catch (RuntimeException e) {
                throw new RouteFileException(Math.max(0, route.getInput().getLineNumber()), innermost(e));
            }
        }
    }

    private static String innermost(Throwable failure) {
        String said = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said = cause.getMessage() == null ? said : cause.getMessage();
        }
        return said;
    }

    private void remove(List<String> ids) {
        for (String id : ids) {
            try {
                if (context.getRoute(id) != null) {
                    context.getRouteController().stopRoute(id, STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
                    context.removeRoute(id);
                }
                RouteDefinition left = context.getRouteDefinition(id);
                if (left != null) {
                    context.removeRouteDefinition(left);
                }
            } catch (Exception e) { // Camel declares no narrower type.
                log.warn("route {} cannot be stopped: {}", id, redact(e.toString()));
            }
        }
    }

    synchronized List<LoadedRoute> routes() {
        List<LoadedRoute> routes = new ArrayList<>();
        for (Loaded file : loaded.values()) {
            for (String id : file.ids()) {
                Route route = context.getRoute(id);
                String source = route == null
                        ? ""
                        : URISupport.sanitizeUri(route.getEndpoint().getEndpointUri());
                routes.add(new LoadedRoute(
                        id,
                        file.file().name(),
                        isFed(source) ? source : redact(source),
                        String.valueOf(context.getRouteController().getRouteStatus(id))));
            }
        }
        return routes;
    }

    synchronized List<FileProblem> problems() {
        return List.copyOf(problems.values());
    }

    /** Dropped files that need an operator, because their rejected items could not be kept. */
    List<String> setAside() {
        return quarantine.describe(context.getRoutes());
    }

    synchronized List<RouteFile> files() {
        return loaded.values().stream().map(Loaded::file).toList();
    }

    String redact(String text) {
        return secrets.redact(values.shown(text));
    }
}
