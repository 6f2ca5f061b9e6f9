package io.masterdeal.routes.files;

import io.masterdeal.routes.csv.BadRowInterceptor;
import io.masterdeal.routes.csv.CsvRows;
import io.masterdeal.routes.endpoints.ParameterValues;
import io.masterdeal.routes.endpoints.RouteDirectComponent;
import io.masterdeal.routes.endpoints.RouteFileComponent;
import io.masterdeal.routes.endpoints.RouteHttpComponent;
import io.masterdeal.routes.endpoints.RouteTimerComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;

/** Creates Camel contexts that contain only what routes may use. */
public final class RouteContext {

    private static final long STOP_WITHIN_SECONDS = 5;

    private RouteContext() {}

    /**
     * Creates a context; the caller starts and closes it.
     *
     * @param file properties with the values of {@code {{name}}}; null if there is none
     * @param secrets gets the values of placeholders, to redact them
     * @param values the values of parameters
     * @param own returns the component of a scheme, or null to use the standard one
     */
    public static DefaultCamelContext create(
            @Nullable Path file, Secrets secrets, ParameterValues values, Function<String, @Nullable Component> own) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getCamelContextExtension().addContextPlugin(ParameterValues.class, values);
        context.getCamelContextExtension().addContextPlugin(LanguageResolver.class, new LanguageAllowlist());
        context.getCamelContextExtension().addContextPlugin(ComponentResolver.class, (scheme, _) -> {
            if (scheme.equals("bean")) {
                return new NoBeans();
            }
            if (!YamlAllowlist.SCHEMES.contains(scheme)) {
                throw new IllegalArgumentException(
                        "there is no '" + scheme + ":' for routes; there are " + YamlAllowlist.schemes());
            }
            Component component = own.apply(scheme);
            return component == null ? running(scheme, values) : component;
        });
        placeholders(context, file, secrets);
        registry(context);
        context.getCamelContextExtension().addInterceptStrategy(new BadRowInterceptor());
        context.setAutowiredEnabled(false);
        context.setSourceLocationEnabled(true);
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.getShutdownStrategy().setTimeout(STOP_WITHIN_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        return context;
    }

    private static Component running(String scheme, ParameterValues values) {
        return switch (scheme) {
            case "direct" -> new RouteDirectComponent(values);
            case "file" -> new RouteFileComponent(values);
            case "http", "https" ->
                new RouteHttpComponent(values, RouteHttpComponent.MOST_BYTES, RouteHttpComponent.LONGEST);
            case "timer" -> new RouteTimerComponent(values);
            default -> throw new IllegalArgumentException("there is no component for " + scheme);
        };
    }

    private static void placeholders(DefaultCamelContext context, @Nullable Path file, Secrets secrets) {
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.setEncoding("UTF-8");
        if (file != null) {
            properties.setLocation("file:" + file.toAbsolutePath());
        }
        properties.addPropertiesFunction(new Outer("env", System::getenv, secrets));
        properties.addPropertiesFunction(new Outer("sys", System::getProperty, secrets));
    }

    /** The objects that {@code ref: csv}, {@code aggregationStrategy: groupedBody} and the like refer to. */
    private static void registry(DefaultCamelContext context) {
        context.getRegistry().bind("csv", new CsvRows());
        context.getRegistry().bind("groupedBody", new GroupedBodyAggregationStrategy());
        context.getRegistry().bind("string", new StringAggregationStrategy());
        context.getRegistry().bind("useLatest", new UseLatestAggregationStrategy());
        context.getRegistry().bind("useOriginal", new UseOriginalAggregationStrategy());
    }

    /** {@code {{env:NAME}}} and {@code {{env:NAME:default}}}, whose values are redacted everywhere. */
    private record Outer(String getName, Function<String, @Nullable String> source, Secrets secrets)
            implements PropertiesFunction {

        @Override
        @SuppressWarnings("NullAway") // Camel takes null for "there is none".
        public @Nullable String apply(String asked) {
            String[] parts = asked.split(":", 2);
            String value = source.apply(parts[0]);
            if (value == null) {
                return parts.length == 2 ? parts[1] : null;
            }
            secrets.add("{{" + getName + ":" + parts[0] + "}}", value);
            return value;
        }
    }

    /** The simple language needs this component to look into a body; it cannot be used as an endpoint. */
    private static final class NoBeans extends BeanComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            throw new IllegalArgumentException("there is no 'bean:' for routes; there are " + YamlAllowlist.schemes());
        }
    }

    /** The components that {@code from} and {@code to} may use. */
    public static List<String> schemes() {
        return YamlAllowlist.schemes();
    }
}
