package io.masterdeal.routes.events;

import io.masterdeal.routes.endpoints.ParameterValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/**
 * The component {@code masterdeal:}.
 *
 * <ul>
 *   <li>{@code masterdeal:events?domain=crm} publishes the body: a CloudEvent as JSON text, a map or a tree, or a list of such.
 *       With {@code type=}, {@code subject=}, {@code time=} and {@code data.NAME=} it makes one event of these parameters, which are
 *       expressions in Camel's simple language on the message; an empty value is left out. {@code timeFormat} and {@code timeZone}
 *       describe a time that is not in the form of RFC 3339.
 *   <li>{@code masterdeal:json?NAME=...} makes the body a JSON object of such expressions.
 *   <li>{@code masterdeal:rejected} keeps an item that failed in the route, with the reason.
 * </ul>
 */
public final class MasterDealComponent extends DefaultComponent {

    /** The scheme of its endpoints. */
    public static final String SCHEME = "masterdeal";

    /** Where a route sends items that failed in it. */
    public static final String REJECTED = SCHEME + ":rejected";

    /** Property of an exchange that comes from a subscription, whose rejections the ledger keeps. */
    public static final String DELIVERY = "MasterDealDelivery";

    /** Header: how many events of a message were accepted. */
    public static final String TAKEN = "CamelMasterDealTaken";

    /** Header: how many were rejected. */
    public static final String REFUSED = "CamelMasterDealRefused";

    private static final String DATA = "data.";

    private final EventSink sink;

    private final ParameterValues values;

    /**
     * @param sink takes the events
     * @param values the values of parameters
     */
    public MasterDealComponent(EventSink sink, ParameterValues values) {
        this.sink = sink;
        this.values = values;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        values.restore(parameters);
        if (remaining.equals("rejected")) {
            return new RejectedEndpoint(uri, this, sink);
        }
        if (remaining.equals("json")) {
            Map<String, Expression> members = expressions(parameters);
            parameters.clear();
            return new JsonEndpoint(uri, this, members);
        }
        if (!remaining.equals("events")) {
            throw new IllegalArgumentException(
                    "there are masterdeal:events, masterdeal:json and masterdeal:rejected, not " + uri);
        }
        Object domain = parameters.remove("domain");
        if (domain == null) {
            throw new IllegalArgumentException("masterdeal:events needs the parameter 'domain': whose events they are");
        }
        sink.check(domain.toString());
        return new EventsEndpoint(uri, this, sink, domain.toString(), draft(parameters));
    }

    private EventTemplate draft(Map<String, Object> parameters) {
        TimeFormat written = TimeFormat.of(parameters.remove("timeFormat"), parameters.remove("timeZone"));
        Map<String, Expression> data = expressions(PropertiesHelper.extractProperties(parameters, DATA));
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name : EventTemplate.ATTRIBUTES) {
            Object value = parameters.remove(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        if (!attributes.containsKey("type") && !(attributes.isEmpty() && data.isEmpty())) {
            throw new IllegalArgumentException("masterdeal:events makes an event only if it has the parameter 'type'");
        }
        return new EventTemplate(expressions(attributes), data, written);
    }

    private Map<String, Expression> expressions(Map<String, Object> texts) {
        Language simple = getCamelContext().resolveLanguage("simple");
        Map<String, Expression> expressions = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            Expression expression = simple.createExpression(text.toString());
            expression.init(getCamelContext());
            expressions.put(name, expression);
        });
        return expressions;
    }
}
