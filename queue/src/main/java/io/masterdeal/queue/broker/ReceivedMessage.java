package io.masterdeal.queue.broker;

/**
 * A message that a broker has delivered.
 *
 * @param message what was published
 * @param deliveries how many times the broker has delivered it by its own count, including this time; from 1
 * @param counted false if the broker does not count, so that there may have been more deliveries
 */
public record ReceivedMessage(BrokerMessage message, int deliveries, boolean counted) {}
