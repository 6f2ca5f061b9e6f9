package io.masterdeal.routes.endpoints;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.timer.TimerComponent;
import org.apache.camel.component.timer.TimerEndpointConfigurer;
import org.apache.camel.spi.PropertyConfigurer;

/** {@code timer:}, with the real parameter values in place of marks. */
public final class RouteTimerComponent extends TimerComponent {

    private static final PropertyConfigurer OPTIONS = new TimerEndpointConfigurer();

    private final ParameterValues values;

    /**
     * @param values the values of parameters
     */
    public RouteTimerComponent(ParameterValues values) {
        this.values = values;
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
