package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.routes.Engine;
import io.masterdeal.routes.RouteResult;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Gives events to a route of the engine in this process. What the route throws is a failed attempt, as of any sink. */
final class RouteSender implements Sender {

    private final Engine engine;

    private final String route;

    private final Duration timeout;

    /**
     * @param timeout so long the route may take
     */
    RouteSender(Engine engine, String route, Duration timeout) {
        this.engine = engine;
        this.route = route;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<Answer> send(Delivery delivery, int attempt) {
        return engine.send(route, Objects.requireNonNull(delivery.message().body()), timeout)
                .thenApply(RouteSender::answer);
    }

    private static Answer answer(RouteResult result) {
        Answer.Verdict verdict = switch (result.verdict()) {
            case TAKEN -> Answer.Verdict.TAKEN;
            case REFUSED -> Answer.Verdict.REFUSED;
            case FAILED -> Answer.Verdict.FAILED;
            case AWAY -> Answer.Verdict.AWAY;
        };
        return new Answer(verdict, null, result.text(), null);
    }
}
