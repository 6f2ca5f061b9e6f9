package io.masterdeal.queue.broker;

/**
 * A message that a broker has handed out.
 *
 * @param message what was published
 * @param deliveries how often the broker has handed it out by its own count, this time included; from 1
 * @param counted false if the broker does not count, and there may have been more
 */
public record ReceivedMessage(BrokerMessage message, int deliveries, boolean counted) {}
