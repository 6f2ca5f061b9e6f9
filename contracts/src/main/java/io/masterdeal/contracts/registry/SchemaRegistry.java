package io.masterdeal.contracts.registry;

import org.apache.avro.Schema;

/** Gives schemas ids and ids back their schemas. Implementations are thread-safe and may remember what they were told. */
public interface SchemaRegistry {
    /**
     * Makes a schema known under a subject, as its next version if it is new.
     *
     * @param subject name of the event type
     * @param schema the schema
     * @return id of the schema, the same for the same schema
     * @throws RegistryUnavailableException if the registry cannot answer now: try again later
     * @throws IncompatibleSchemaException if the schema cannot read what earlier versions of the subject wrote
     */
    int register(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @param id as {@link #register} gave it, to whomever
     * @return the schema
     * @throws RegistryUnavailableException if the registry cannot answer now: try again later
     * @throws UnknownSchemaException if the registry has no such schema
     */
    Schema byId(int id);
}
