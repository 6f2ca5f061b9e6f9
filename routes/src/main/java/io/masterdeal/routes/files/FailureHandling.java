package io.masterdeal.routes.files;

import io.masterdeal.routes.csv.BadRowException;
import io.masterdeal.routes.csv.TableException;
import io.masterdeal.routes.events.MasterDealComponent;
import io.masterdeal.routes.events.NotKeptException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

/**
 * What happens to an item that fails in a route, unless the file says otherwise: it is tried again, then kept as rejected, and the route
 * continues with the next item. Only a route that a subscription feeds passes its failures on, because the ledger decides about them.
 */
public final class FailureHandling {

    private static final int RETRIES = 3;

    private static final long FIRST_PAUSE_MS = 1_000;

    private static final long LONGEST_PAUSE_MS = 10_000;

    private FailureHandling() {}

    /**
     * The handling while routes run.
     *
     * @param quarantine moves files whose rejected items cannot be kept
     */
    public static void apply(RoutesDefinition routes, FileQuarantine quarantine) {
        apply(routes, RETRIES);
        for (RouteDefinition route : routes.getRoutes()) {
            if (route.getInput().getEndpointUri().startsWith("file:")) {
                route.routePolicy(quarantine);
            }
        }
    }

    /** The handling in a trial: nothing is tried again. */
    public static void applyOnce(RoutesDefinition routes) {
        apply(routes, 0);
    }

    private static void apply(RoutesDefinition routes, int again) {
        if (routes.getErrorHandlerFactory() != null) {
            return;
        }
        for (RouteDefinition route : routes.getRoutes()) {
            if (!route.isErrorHandlerFactorySet()) {
                boolean fed = route.getInput().getEndpointUri().startsWith("direct:");
                route.setErrorHandlerFactory(fed ? passOn() : keepRejected(again));
            }
        }
    }

    private static DefaultErrorHandlerDefinition passOn() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.logExhausted(false); // The ledger records it.
        return handler;
    }

    private static DeadLetterChannelDefinition keepRejected(int again) {
        DeadLetterChannelDefinition handler = new DeadLetterChannelDefinition(MasterDealComponent.REJECTED);
        handler.deadLetterHandleNewException(false); // A file whose rejected items cannot be kept is quarantined.
        handler.maximumRedeliveries(again);
        if (again > 0) {
            handler.setRetryWhilePredicate(new RetryMayHelp(again));
        }
        handler.redeliveryDelay(FIRST_PAUSE_MS);
        handler.useExponentialBackOff();
        handler.maximumRedeliveryDelay(LONGEST_PAUSE_MS);
        handler.getRedeliveryPolicy().setAllowRedeliveryWhileStopping("false");
        handler.retriesExhaustedLogLevel(LoggingLevel.DEBUG);
        handler.logExhausted(false);
        return handler;
    }

    /** Whether to try again: a limited number of times, and only if the next attempt may end differently. */
    private record RetryMayHelp(int again) implements Predicate {

        @Override
        public boolean matches(Exchange exchange) {
            for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
                if (cause instanceof TableException
                        || cause instanceof BadRowException
                        || cause instanceof NotKeptException) {
                    return false;
                }
            }
            Integer count = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
            return count == null || count <= again;
        }
    }
}
