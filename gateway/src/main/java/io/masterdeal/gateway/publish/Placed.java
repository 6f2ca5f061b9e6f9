package io.masterdeal.gateway.publish;

/**
 * Where Kafka keeps an event.
 *
 * @param topic the topic
 * @param partition partition of the topic, from 0
 * @param offset place in the partition, from 0
 */
public record Placed(String topic, int partition, long offset) {}
