package io.masterdeal.queue;

import io.masterdeal.queue.broker.Broker;
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
        Broker broker,
        DueTable due,
        DeadLetterTable deadLetters,
        Alarm alarm,
        QueueMeters meters,
        ExecutorService threads) {}
