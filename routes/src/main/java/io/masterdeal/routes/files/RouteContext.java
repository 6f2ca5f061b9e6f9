package io.masterdeal.routes.files;

import io.masterdeal.routes.csv.CsvRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultComponentResolver;
import org.apache.camel.spi.ComponentResolver;
import org.jspecify.annotations.Nullable;

/** Makes Camel contexts in which nothing exists but what routes may use. */
public final class RouteContext {

    private static final long STOP_WITHIN_SECONDS = 5;

    private RouteContext() {}

    /**
     * Makes one; the caller starts and closes it.
     *
     * @param secrets a file of properties that {@code {{name}}} stands for; null if there is none
     * @param own gives the component of a scheme instead of Camel's; null where Camel's is right
     */
    public static DefaultCamelContext create(@Nullable Path secrets, Function<String, @Nullable Component> own) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        ComponentResolver camels = new DefaultComponentResolver();
        context.getCamelContextExtension().addContextPlugin(ComponentResolver.class, (scheme, here) -> {
            if (scheme.equals("bean")) {
                return new NoBeans();
            }
            if (!Allowed.SCHEMES.contains(scheme)) {
                throw new IllegalArgumentException(
                        "there is no '" + scheme + ":' for routes; there are " + Allowed.schemes());
            }
            Component component = own.apply(scheme);
            if (component == null && scheme.equals("direct")) {
                DirectComponent direct = new DirectComponent();
                direct.setBlock(false); // Who is not there is told at once.
                return direct;
            }
            return component == null ? camels.resolveComponent(scheme, here) : component;
        });
        if (secrets != null) {
            context.getPropertiesComponent().setLocation("file:" + secrets.toAbsolutePath());
        }
        context.getRegistry().bind("csv", new CsvRows());
        context.setAutowiredEnabled(false);
        context.setSourceLocationEnabled(true);
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.getShutdownStrategy().setTimeout(STOP_WITHIN_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        return context;
    }

    /** The simple language asks for this component when it looks into a body; as an endpoint it does not exist. */
    private static final class NoBeans extends BeanComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            throw new IllegalArgumentException("there is no 'bean:' for routes; there are " + Allowed.schemes());
        }
    }

    /** What {@code from} and {@code to} may begin with. */
    public static List<String> schemes() {
        return Allowed.schemes();
    }
}
