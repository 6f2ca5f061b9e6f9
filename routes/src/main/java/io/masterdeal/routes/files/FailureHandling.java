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
 * What becomes of an item that fails in a route, unless the file says something else: it is tried again, then kept as rejected,
 * and the items behind it go on. Only a route that a subscription feeds hands its failures on: the ledger decides about them.
 */
public final class FailureHandling {

    private static final int AGAIN = 3;

    private static final long FIRST_PAUSE_MS = 1_000;

    private static final long LONGEST_PAUSE_MS = 10_000;

    private FailureHandling() {}

    /**
     * As it is while routes run.
     *
     * @param quarantine moves files whose refused items cannot be kept
     */
    public static void apply(RoutesDefinition routes, FileQuarantine quarantine) {
        apply(routes, AGAIN);
        for (RouteDefinition route : routes.getRoutes()) {
            if (route.getInput().getEndpointUri().startsWith("file:")) {
                route.routePolicy(quarantine);
            }
        }
    }

    /** The same without a second try. */
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
                route.setErrorHandlerFactory(fed ? handsOn() : keeps(again));
            }
        }
    }

    private static DefaultErrorHandlerDefinition handsOn() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.logExhausted(false); // The ledger tells it.
        return handler;
    }

    private static DeadLetterChannelDefinition keeps(int again) {
        DeadLetterChannelDefinition handler = new DeadLetterChannelDefinition(MasterDealComponent.REJECTED);
        handler.deadLetterHandleNewException(false); // A file whose items cannot even be kept is put aside.
        handler.maximumRedeliveries(again);
        if (again > 0) {
            handler.setRetryWhilePredicate(new MayHelp(again));
        }
        handler.redeliveryDelay(FIRST_PAUSE_MS);
        handler.useExponentialBackOff();
        handler.maximumRedeliveryDelay(LONGEST_PAUSE_MS);
        handler.getRedeliveryPolicy().setAllowRedeliveryWhileStopping("false");
        handler.retriesExhaustedLogLevel(LoggingLevel.DEBUG);
        handler.logExhausted(false);
        return handler;
    }

    /** Whether to try again: so many times, and only if it can be another the next time. */
    private record MayHelp(int again) implements Predicate {

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
