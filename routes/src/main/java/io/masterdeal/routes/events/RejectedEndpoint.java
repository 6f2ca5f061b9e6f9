package io.masterdeal.routes.events;

import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** {@code masterdeal:rejected}: keeps an item that failed in a route, with the reason, so that the route continues with the next one. */
final class RejectedEndpoint extends DefaultEndpoint {

    private final EventSink sink;

    RejectedEndpoint(String uri, MasterDealComponent component, EventSink sink) {
        super(uri, component);
        this.sink = sink;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                keep(exchange);
            }
        };
    }

    private void keep(Exchange exchange) {
        Exception failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (exchange.getContext().isStopping() || isInterrupted(failure)) {
            throw new EventSinkClosedException(
                    "stopped while an item was in progress"); // The item itself did not fail.
        }
        Object body = exchange.getMessage().getBody();
        sink.keep(new RejectedItem(
                ItemSource.route(exchange),
                ItemSource.file(exchange),
                ItemSource.place(exchange, body, -1),
                ItemSource.content(exchange),
                null,
                RouteProblems.of("failed in the route", describe(failure))));
    }

    private static boolean isInterrupted(@Nullable Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EventSinkClosedException
                    || cause instanceof InterruptedException
                    || cause instanceof RejectedExecutionException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(@Nullable Exception failure) {
        if (failure == null) {
            return "sent here by the route";
        }
        String said = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                said = cause.getMessage();
            }
        }
        return said;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("masterdeal:rejected cannot be a source");
    }
}
