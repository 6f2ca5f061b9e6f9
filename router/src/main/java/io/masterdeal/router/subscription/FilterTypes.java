package io.masterdeal.router.subscription;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The CEL types of the data of some event types, from their Avro schemas: the fields that any of them has. A field whose type
 * differs between the schemas is dynamic.
 */
final class FilterTypes {

    private static final String PREFIX = "masterdeal.";

    /** A schema may be recursive. */
    private static final int DEEPEST = 16;

    /** The CloudEvents attributes that an event may have, all of them text (as {@code EventJson} writes them). */
    private static final Set<String> ATTRIBUTES = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "sequence",
            "correlationid",
            "causationid",
            "masterdealid",
            "traceparent",
            "replayed",
            "datacontenttype");

    private final Map<String, CelType> types = new LinkedHashMap<>();

    private final CelType event = struct("Event", attributes());

    private final CelType data;

    /**
     * @param schemas of the data of each type, at least one
     */
    FilterTypes(List<Schema> schemas) {
        this.data = of(schemas, "Data", 0);
    }

    /** The type of {@code event}. */
    CelType event() {
        return event;
    }

    /** The type of {@code data}. */
    CelType data() {
        return data;
    }

    private static Map<String, CelType> attributes() {
        Map<String, CelType> attributes = new LinkedHashMap<>();
        ATTRIBUTES.forEach(it -> attributes.put(it, SimpleType.STRING));
        return attributes;
    }

    private StructType struct(String name, Map<String, CelType> named) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(named);
        StructType struct =
                StructType.create(PREFIX + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
        types.put(struct.name(), struct);
        return struct;
    }

    private CelType of(List<Schema> nullable, String name, int depth) {
        List<Schema> schemas = nullable.stream().map(FilterTypes::notNull).toList();
        Schema.Type kind = schemas.getFirst().getType();
        if (depth > DEEPEST || !schemas.stream().allMatch(it -> it.getType() == kind)) {
            return SimpleType.DYN;
        }
        return switch (kind) {
            case RECORD -> struct(name, fields(schemas, name, depth));
            case ARRAY ->
                ListType.create(of(schemas.stream().map(Schema::getElementType).toList(), name + "_item", depth + 1));
            case MAP ->
                MapType.create(
                        SimpleType.STRING,
                        of(schemas.stream().map(Schema::getValueType).toList(), name + "_value", depth + 1));
            case STRING, ENUM, BYTES, FIXED -> SimpleType.STRING;
            case INT -> SimpleType.INT;
            case LONG -> ofLongs(schemas);
            case FLOAT, DOUBLE -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case UNION, NULL -> SimpleType.DYN;
        };
    }

    /** Timestamps are text in JSON. */
    private static CelType ofLongs(List<Schema> schemas) {
        long instants = schemas.stream()
                .filter(it -> it.getLogicalType() instanceof LogicalTypes.TimestampMillis)
                .count();
        return instants == 0 ? SimpleType.INT : instants == schemas.size() ? SimpleType.STRING : SimpleType.DYN;
    }

    private Map<String, CelType> fields(List<Schema> records, String name, int depth) {
        Map<String, List<Schema>> found = new LinkedHashMap<>();
        for (Schema record : records) {
            record.getFields()
                    .forEach(it -> found.computeIfAbsent(it.name(), _ -> new ArrayList<>())
                            .add(it.schema()));
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        found.forEach((field, schemas) -> fields.put(field, of(schemas, name + "_" + field, depth + 1)));
        return fields;
    }

    /** Null fields are left out in JSON. */
    private static Schema notNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(it -> it.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.getFirst() : schema;
    }

    /** Registers the types with CEL. */
    CelTypeProvider provider() {
        return new Provider(ImmutableMap.copyOf(types));
    }

    private record Provider(ImmutableMap<String, CelType> known) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return known.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(known.get(name));
        }
    }
}
