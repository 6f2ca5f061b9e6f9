/**
 * Task queues over Kafka: a topic, and a share group in which any number of consumers take single records from it, regardless
 * of the number of partitions.
 */
@NullMarked
package io.masterdeal.queue.kafka;

import org.jspecify.annotations.NullMarked;
