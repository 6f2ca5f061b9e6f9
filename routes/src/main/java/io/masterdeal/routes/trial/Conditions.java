package io.masterdeal.routes.trial;

import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/** Makes the conditions of a route record their results. */
final class Conditions {

    private Conditions() {}

    /** Wraps the conditions of {@code choice} and {@code filter} in routes that are not added yet. */
    static void record(RoutesDefinition routes, Recorder recorder) {
        for (RouteDefinition route : routes.getRoutes()) {
            Collection<ChoiceDefinition> choices =
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ChoiceDefinition.class);
            for (ChoiceDefinition choice : choices) {
                choice.getWhenClauses().replaceAll(when -> recorded(when, recorder));
            }
            for (FilterDefinition filter :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), FilterDefinition.class)) {
                filter.setExpression(recorded("filter", filter.getExpression(), recorder));
            }
        }
    }

    private static WhenDefinition recorded(WhenDefinition when, Recorder recorder) {
        WhenDefinition recorded = new WhenDefinition(recorded("when", when.getExpression(), recorder));
        recorded.setId(when.getId());
        recorded.setOutputs(when.getOutputs());
        return recorded;
    }

    private static ExpressionDefinition recorded(String step, ExpressionDefinition condition, Recorder recorder) {
        return new ExpressionDefinition((Predicate) new Recorded(step, condition, recorder));
    }

    private record Recorded(String step, ExpressionDefinition condition, Recorder recorder) implements Predicate {

        @Override
        public boolean matches(Exchange exchange) {
            boolean matched = condition.createPredicate(exchange.getContext()).matches(exchange);
            recorder.condition(step, condition.getExpression(), matched, exchange);
            return matched;
        }

        @Override
        public void init(CamelContext context) {
            // Created for each exchange; a trial has few.
        }
    }
}
