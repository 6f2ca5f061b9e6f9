package io.masterdeal.routes.endpoints;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpointConfigurer;
import org.apache.camel.spi.PropertyConfigurer;

/** {@code direct:}, which fails at once if no route reads from it. */
public final class RouteDirectComponent extends DirectComponent {

    private static final PropertyConfigurer OPTIONS = new DirectEndpointConfigurer();

    private final ParameterValues values;

    /**
     * @param values the values of parameters
     */
    public RouteDirectComponent(ParameterValues values) {
        this.values = values;
        setBlock(false);
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return OPTIONS;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        values.restore(parameters);
        BeanReferences.refuse(parameters, OPTIONS);
        return super.createEndpoint(uri, remaining, parameters);
    }
}
