package io.masterdeal.contracts.kafka;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads records with text as {@link String} instead of Avro's mutable text, without a Java property in the schemas. */
final class StringReader extends GenericDatumReader<GenericRecord> {
    StringReader(Schema writer, Schema reader) {
        // Avro's faster reader checks only the property and does not call the methods below.
        super(writer, reader, new GenericData().setFastReaderEnabled(false));
    }

    @Override
    protected Object readString(@Nullable Object old, Schema expected, Decoder in) throws IOException {
        return in.readString();
    }

    @Override
    protected Object readString(@Nullable Object old, Decoder in) throws IOException {
        return in.readString();
    }

    @Override
    protected Object readMapKey(@Nullable Object old, Schema expected, Decoder in) throws IOException {
        return in.readString();
    }
}
