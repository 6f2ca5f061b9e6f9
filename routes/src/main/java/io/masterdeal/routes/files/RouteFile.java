package io.masterdeal.routes.files;

import io.masterdeal.routes.endpoints.ParameterValues;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The content of a route file. */
public record RouteFile(String name, String yaml) {

    /**
     * Called when the routes of a file are parsed and not yet added: the last chance to refuse them.
     */
    @FunctionalInterface
    public interface Before {
        /**
         * Checks the routes, and may change them.
         *
         * @throws RouteFileException if they may not be added
         */
        void add(RoutesDefinition routes) throws RouteFileException;
    }

    /** Carries a refusal out of Camel's calls. */
    private static final class Refused extends RuntimeException {

        private final RouteFileException why;

        Refused(RouteFileException why) {
            super(why);
            this.why = why;
        }
    }

    /**
     * Adds its routes to a context; they start if the context runs.
     *
     * @param before called when all routes are parsed
     * @throws RouteFileException if a route cannot be added; some may have been added by then
     */
    public void addTo(CamelContext context, Before before) throws RouteFileException {
        YamlAllowlist.check(yaml);
        try {
            ParameterValues values = Objects.requireNonNull(
                    context.getCamelContextExtension().getContextPlugin(ParameterValues.class), "made by RouteContext");
            try (RouteLoader loader = new RouteLoader(context, values)) {
                loader.start();
                RoutesBuilder builder = loader.loadRoutesBuilder(ResourceHelper.fromString(name, yaml));
                if (builder instanceof RouteBuilder routes) {
                    routes.addLifecycleInterceptor(new Look(it -> look(it, before)));
                }
                context.addRoutes(builder);
            }
        } catch (Refused e) {
            throw e.why;
        } catch (Exception e) { // Camel's calls declare nothing narrower.
            throw refusal(e);
        }
    }

    private record Look(Consumer<RouteBuilder> then) implements RouteBuilderLifecycleStrategy {
        @Override
        public void afterConfigure(RouteBuilder builder) {
            then.accept(builder);
        }
    }

    private void look(RouteBuilder builder, Before before) {
        try {
            for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
                if (!route.hasCustomIdAssigned()) {
                    throw new RouteFileException(
                            Math.max(0, route.getLineNumber()),
                            "a route has no id: events get their ids from it, and it is what people call the route");
                }
            }
            ModelAllowlist.check(builder.getRouteCollection());
            before.add(builder.getRouteCollection());
        } catch (RouteFileException e) {
            throw new Refused(e);
        }
    }

    private RouteFileException refusal(Throwable failure) {
        String said = failure.toString();
        int line = 0;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused.why;
            }
            if (cause instanceof RouteLoader.Misplaced misplaced) {
                line = misplaced.line();
            }
            if (cause instanceof MarkedYamlEngineException marked
                    && marked.getProblemMark().isPresent()) {
                line = marked.getProblemMark().orElseThrow().getLine() + 1;
            }
            if (cause.getMessage() != null) {
                said = cause.getMessage();
            }
        }
        RouteFileException told = new RouteFileException(
                line > 0 ? line : lineOfRoute(failure), said.lines().findFirst().orElse(said));
        told.initCause(failure);
        return told;
    }

    /** The line of the route that Camel names in its message; 0 if it names none. */
    private int lineOfRoute(Throwable failure) {
        List<String> lines = yaml.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).strip().split(":", 2);
            if (parts.length == 2 && parts[0].replace("-", "").strip().equals("id")) {
                String id = parts[1].strip().replaceAll("[\"']", "");
                if (!id.isEmpty() && String.valueOf(failure.getMessage()).contains(id)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }
}
