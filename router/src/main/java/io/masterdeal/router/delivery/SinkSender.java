package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.concurrent.CompletableFuture;

/** Sends deliveries to one sink. Thread-safe. */
interface SinkSender {

    /**
     * Sends a delivery.
     *
     * @param attempt the number of the attempt, from 1 since the last redrive
     * @return completes within the timeout of the subscription, and never exceptionally
     */
    CompletableFuture<SinkResponse> send(Delivery delivery, int attempt);
}
