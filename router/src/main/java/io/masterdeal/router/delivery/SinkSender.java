package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.concurrent.CompletableFuture;

/** Sends deliveries to one sink. Thread-safe. */
interface SinkSender {

    /**
     * Sends one.
     *
     * @param attempt counted from 1 since the last redrive
     * @return completes within the time an answer may take, and never exceptionally
     */
    CompletableFuture<SinkResponse> send(Delivery delivery, int attempt);
}
