/**
 * Events as Kafka records: Avro in Confluent's wire format, with CloudEvents attributes as headers.
 */
@NullMarked
package io.masterdeal.contracts.kafka;

import org.jspecify.annotations.NullMarked;
