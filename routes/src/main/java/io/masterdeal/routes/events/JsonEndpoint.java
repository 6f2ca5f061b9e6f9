package io.masterdeal.routes.events;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code masterdeal:json}: makes the body a JSON object, whatever letters its values have. */
final class JsonEndpoint extends DefaultEndpoint {

    private final Map<String, Expression> members;

    JsonEndpoint(String uri, MasterDealComponent component, Map<String, Expression> members) {
        super(uri, component);
        this.members = members;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                members.forEach((name, value) -> json.put(name, value.evaluate(exchange, String.class)));
                exchange.getMessage().setBody(json.toString());
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing comes from masterdeal:json");
    }
}
