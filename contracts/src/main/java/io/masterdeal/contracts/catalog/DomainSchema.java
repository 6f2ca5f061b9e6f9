package io.masterdeal.contracts.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The requirements on the schema of every domain event, bundled or added by a company. */
final class DomainSchema {
    /** The fields every domain event has; all others are business fields. */
    private static final Map<String, Schema> FIXED = Map.of(
            "status", SchemaBuilder.unionOf().nullType().and().stringType().endUnion(),
            "links", SchemaBuilder.array().items().stringType(),
            "attributes", SchemaBuilder.map().values().stringType(),
            "retracts", SchemaBuilder.array().items().stringType());

    private static final Set<Schema.Type> NOT_IN_UNIONS = Set.of(Schema.Type.NULL, Schema.Type.UNION);

    private DomainSchema() {}

    /** The schema of a domain event without business fields. */
    static Schema plain(String type, String doc) {
        int dot = type.lastIndexOf('.');
        return SchemaBuilder.record(type.substring(dot + 1))
                .namespace(type.substring(0, dot))
                .doc(doc)
                .fields()
                .name("status")
                .doc("Status the event gives its object. It has to agree with the event type and may be left out.")
                .type(FIXED.get("status"))
                .withDefault(null)
                .name("links")
                .doc("Keys \"domain:kind:id\" of the objects this one belongs to.")
                .type(FIXED.get("links"))
                .withDefault(List.of())
                .name("attributes")
                .doc("Free payload: text by name.")
                .type(FIXED.get("attributes"))
                .withDefault(Map.of())
                .name("retracts")
                .doc("Ids of events that were mistakes. Only in events of type DOMAIN.event.retracted.")
                .type(FIXED.get("retracts"))
                .withDefault(List.of())
                .endRecord();
    }

    /** What is wrong with the schema of a domain event; empty if it is valid. */
    static List<String> check(Schema schema) {
        var reasons = new ArrayList<String>();
        FIXED.forEach((name, wanted) -> {
            Schema.Field field = schema.getField(name);
            if (field == null) {
                reasons.add("lacks the field \"" + name + "\" of type " + wanted);
            } else if (!sameShape(field.schema(), wanted)) {
                reasons.add("field \"" + name + "\" must be of type " + wanted + ", not " + field.schema());
            }
        });
        for (Schema.Field field : schema.getFields()) {
            if (!field.hasDefaultValue()) {
                reasons.add("field \"" + field.name() + "\" needs a default, so that events without it can be read");
            }
            checkType(field.name(), field.schema(), reasons, 0);
        }
        return reasons;
    }

    private static boolean sameShape(Schema schema, Schema wanted) {
        // Compares only the names of the types: an additional doc, format or Java property does no harm.
        if (schema.getType() != wanted.getType()) {
            return false;
        }
        return switch (schema.getType()) {
            case ARRAY -> sameShape(schema.getElementType(), wanted.getElementType());
            case MAP -> sameShape(schema.getValueType(), wanted.getValueType());
            case UNION ->
                schema.getTypes().stream()
                        .map(Schema::getType)
                        .toList()
                        .equals(wanted.getTypes().stream().map(Schema::getType).toList());
            default -> true;
        };
    }

    private static void checkType(String name, Schema schema, List<String> reasons, int depth) {
        if (depth > 8) {
            reasons.add("field \"" + name + "\" is nested deeper than 8 levels, or refers to itself");
            return;
        }
        switch (schema.getType()) {
            case UNION -> {
                List<Schema> branches = schema.getTypes();
                long others = branches.stream()
                        .filter(branch -> !NOT_IN_UNIONS.contains(branch.getType()))
                        .count();
                if (branches.size() != 2 || others != 1) {
                    reasons.add("field \"" + name + "\": of unions only [\"null\", one other type] can be used");
                    return;
                }
                branches.forEach(branch -> {
                    if (branch.getType() != Schema.Type.NULL) {
                        checkType(name, branch, reasons, depth + 1);
                    }
                });
            }
            case ARRAY -> checkType(name, schema.getElementType(), reasons, depth + 1);
            case MAP -> checkType(name, schema.getValueType(), reasons, depth + 1);
            case RECORD ->
                schema.getFields()
                        .forEach(field -> checkType(name + "." + field.name(), field.schema(), reasons, depth + 1));
            case NULL -> reasons.add("field \"" + name + "\" cannot be of type null alone");
            default -> {
                // Every other type can be written as JSON.
            }
        }
    }
}
