package io.masterdeal.contracts.event;

import org.apache.avro.generic.GenericRecord;

/**
 * An event: its envelope and the data of its type.
 *
 * @param envelope the CloudEvents attributes
 * @param data conforms to the schema of {@link Envelope#type()}; its text values are {@link String}
 */
public record Event(Envelope envelope, GenericRecord data) {}
