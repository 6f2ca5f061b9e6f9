package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerQueue;
import java.util.concurrent.ExecutorService;

/**
 * What a queue is made of.
 *
 * @param broker carries the tasks
 * @param due those that wait for their time
 * @param deadLetters those that were given up
 * @param alarm wakes who sends what is due
 * @param meters counts
 * @param threads for handlers
 */
record QueueParts(
        BrokerQueue broker,
        DueTable due,
        DeadLetterTable deadLetters,
        WakeUpTimer alarm,
        QueueMeters meters,
        ExecutorService threads) {}
