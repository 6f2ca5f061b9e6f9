/**
 * Publishing to Kafka: topics, schemas and the producer.
 * {@link io.masterdeal.gateway.publish.EventPublisher} is what the other packages use.
 */
@NullMarked
package io.masterdeal.gateway.publish;

import org.jspecify.annotations.NullMarked;
