package io.masterdeal.gateway.publish;

/**
 * The position of an event in Kafka.
 *
 * @param topic the topic
 * @param partition partition of the topic, from 0
 * @param offset offset in the partition, from 0
 */
public record Placed(String topic, int partition, long offset) {}
