/**
 * The way into Kafka: topics, schemas, the producer, and whether Kafka can be reached.
 * {@link io.masterdeal.gateway.publish.EventPublisher} is what the other packages use.
 */
@NullMarked
package io.masterdeal.gateway.publish;

import org.jspecify.annotations.NullMarked;
