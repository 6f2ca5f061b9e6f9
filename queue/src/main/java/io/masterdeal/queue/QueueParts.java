package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerQueue;
import java.util.concurrent.ExecutorService;

/**
 * The parts of a queue.
 *
 * @param broker transports the tasks
 * @param due the tasks that wait until they are due
 * @param deadLetters the tasks that were given up
 * @param alarm wakes the thread that sends due tasks
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
