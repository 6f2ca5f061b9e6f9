package io.masterdeal.contracts.event;

import io.masterdeal.contracts.avro.AvroJson;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.text.JsonPointers;
import io.masterdeal.contracts.text.Utf8;
import io.masterdeal.contracts.text.UuidText;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Checks the data of one domain event: status, links, attributes, retracts and business fields. */
final class DomainDataCheck {
    private final EventType type;
    private final GenericRecord data;
    private final Consumer<Violation> found;

    DomainDataCheck(EventType type, GenericRecord data, Consumer<Violation> found) {
        this.type = type;
        this.data = data;
        this.found = found;
    }

    void run() {
        checkStatus(DomainFields.text(data, "status"));
        checkEach("links", Limits.LINKS, SubjectKey::parse);
        checkEach("retracts", Limits.RETRACTS, UuidText::parse);
        checkRetraction(!DomainFields.list(data, "retracts").isEmpty());
        Map<String, String> attributes = DomainFields.attributes(data);
        checkAttributes(attributes);
        checkBusinessFields(attributes);
    }

    private void checkStatus(@Nullable String status) {
        if (status == null) {
            return;
        }
        if (type.status() == null) {
            wrong("/data/status", "must be left out: events of type " + type.name() + " give no status");
        } else if (!status.equals(type.status())) {
            wrong("/data/status", "must be \"" + type.status() + "\", which " + type.name() + " means, or left out");
        }
    }

    private void checkEach(String field, int limit, Consumer<String> parser) {
        Collection<?> values = DomainFields.list(data, field);
        if (values.size() > limit) {
            wrong("/data/" + field, "has " + values.size() + " entries, more than " + limit);
            return;
        }
        int i = 0;
        for (Object value : values) {
            try {
                parser.accept(String.valueOf(value));
            } catch (IllegalArgumentException e) {
                wrong("/data/" + field + "/" + i, String.valueOf(e.getMessage()));
            }
            i++;
        }
    }

    private void checkRetraction(boolean retracts) {
        if (type.retraction() && !retracts) {
            wrong("/data/retracts", "must name the id of one event at least: it is what " + type.name() + " is for");
        } else if (!type.retraction() && retracts) {
            wrong("/data/retracts", "must be empty: events are taken back by " + type.domain() + ".event.retracted");
        }
    }

    private void checkAttributes(Map<String, String> attributes) {
        if (attributes.size() > Limits.ATTRIBUTES) {
            wrong("/data/attributes", "has " + attributes.size() + " entries, more than " + Limits.ATTRIBUTES);
            return;
        }
        attributes.forEach((name, value) -> {
            String pointer = JsonPointers.child("/data/attributes", name);
            if (name.isEmpty() || Utf8.hasControl(name)) {
                wrong(pointer, "needs a name, and one without control characters");
            }
            if (Utf8.length(name) > Limits.ATTRIBUTE_NAME_BYTES) {
                wrong(pointer, "has a name longer than " + Limits.ATTRIBUTE_NAME_BYTES + " bytes");
            }
            if (Utf8.length(value) > Limits.ATTRIBUTE_VALUE_BYTES) {
                wrong(pointer, "is longer than " + Limits.ATTRIBUTE_VALUE_BYTES + " bytes");
            }
        });
    }

    private void checkBusinessFields(Map<String, String> attributes) {
        for (Schema.Field field : data.getSchema().getFields()) {
            Object value = data.get(field.pos());
            if (value == null || !DomainFields.isBusinessField(field.name())) {
                continue;
            }
            String pointer = "/data/" + field.name();
            if (value instanceof String text) {
                if (Utf8.length(text) > Limits.ATTRIBUTE_VALUE_BYTES) {
                    wrong(pointer, "is longer than " + Limits.ATTRIBUTE_VALUE_BYTES + " bytes");
                }
                String problem = TextFormat.problem(text, field.schema());
                if (problem != null) {
                    wrong(pointer, problem);
                }
            }
            String attribute = attributes.get(field.name());
            if (attribute != null && !attribute.equals(AvroJson.text(value, field.schema()))) {
                wrong(pointer, "says something else than the attribute of the same name; give only one of them");
            }
        }
    }

    private void wrong(String pointer, String message) {
        found.accept(new Violation(pointer, message));
    }
}
