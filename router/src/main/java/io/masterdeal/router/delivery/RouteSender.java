package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.routes.RouteResult;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Sends events to a route that runs in this process. If the route throws, the attempt has failed, as with any sink. */
final class RouteSender implements SinkSender {

    private final OptionalRouteEngine engine;

    private final String route;

    private final Duration timeout;

    /**
     * @param timeout how long the route may take
     */
    RouteSender(OptionalRouteEngine engine, String route, Duration timeout) {
        this.engine = engine;
        this.route = route;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<SinkResponse> send(Delivery delivery, int attempt) {
        return engine.send(route, Objects.requireNonNull(delivery.message().body()), timeout)
                .thenApply(RouteSender::response);
    }

    private static SinkResponse response(RouteResult result) {
        SinkResponse.Verdict verdict = switch (result.verdict()) {
            case TAKEN -> SinkResponse.Verdict.TAKEN;
            case REFUSED -> SinkResponse.Verdict.REFUSED;
            case FAILED -> SinkResponse.Verdict.FAILED;
            case AWAY -> SinkResponse.Verdict.AWAY;
        };
        return new SinkResponse(verdict, null, result.text(), null);
    }
}
