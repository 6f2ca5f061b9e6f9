package io.masterdeal.contracts.registry;

import org.apache.avro.Schema;

/** Maps schemas to ids and ids to schemas. Implementations are thread-safe and may cache results. */
public interface SchemaRegistry {
    /**
     * Registers a schema under a subject, as its next version if it is new.
     *
     * @param subject name of the event type
     * @param schema the schema
     * @return id of the schema, the same for the same schema
     * @throws RegistryUnavailableException if the registry cannot answer now: try again later
     * @throws IncompatibleSchemaException if the schema cannot read data written with earlier versions of the subject
     */
    int register(String subject, Schema schema);

    /**
     * The schema with an id.
     *
     * @param id as returned by {@link #register}, in any process
     * @return the schema
     * @throws RegistryUnavailableException if the registry cannot answer now: try again later
     * @throws UnknownSchemaException if the registry has no such schema
     */
    Schema byId(int id);
}
