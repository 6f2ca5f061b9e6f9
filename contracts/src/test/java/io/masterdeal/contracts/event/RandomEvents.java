package io.masterdeal.contracts.event;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.text.Rfc3339;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random valid events of every type, as JSON in the form {@link EventJson#write} gives: the same seed, the same events. */
public final class RandomEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] LETTERS = {"a", "Z", "0", " ", "-", "é", "Ж", "\uff5e", "😀", "\"", "/", "~", "\\"};
    private static final String[] KINDS = {"crm:deal", "media:mediaplan", "docflow:contract", "dcm:odd-kind"};

    private final Random random;
    private final List<EventType> types;

    /** Events of all types of a catalog. */
    public RandomEvents(long seed, EventCatalog catalog) {
        this.random = new Random(seed);
        this.types = List.copyOf(catalog.types());
    }

    /** The next event. */
    public ObjectNode next() {
        EventType type = types.get(random.nextInt(types.size()));
        ObjectNode event = JSON.objectNode();
        event.put("specversion", "1.0");
        event.put("id", uuid());
        event.put("source", "/" + type.domain());
        event.put("type", type.name());
        event.put("subject", subject(type));
        event.put("time", time());
        if (maybe()) {
            event.put("sequence", Long.toString(random.nextLong(Long.MAX_VALUE)));
        }
        if (maybe()) {
            event.put("correlationid", "c" + name());
        }
        if (maybe()) {
            event.put("causationid", uuid());
        }
        if (maybe()) {
            event.put("masterdealid", uuid());
        }
        if (maybe()) {
            event.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }
        if (maybe()) {
            event.put("replayed", "true");
        }
        event.put("datacontenttype", "application/json");
        event.set("data", type.ofDomain() ? domainData(type) : record(type.schema()));
        return event;
    }

    private String subject(EventType type) {
        if (type.objectKind() != null) {
            return type.objectKind() + ":" + name();
        }
        return type.ofDomain() ? type.domain() + ":kind-" + random.nextInt(3) + ":" + name() : "crm:deal:" + name();
    }

    private ObjectNode domainData(EventType type) {
        ObjectNode data = record(type.schema());
        data.remove("status");
        if (type.status() != null) {
            data.put("status", type.status());
        }
        ArrayNode links = data.putArray("links");
        for (int i = random.nextInt(4); i > 0; i--) {
            links.add(KINDS[random.nextInt(KINDS.length)] + ":" + name());
        }
        ArrayNode retracts = data.putArray("retracts");
        for (int i = type.retraction() ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            retracts.add(uuid());
        }
        ObjectNode attributes = data.putObject("attributes");
        for (int i = random.nextInt(4); i > 0; i--) {
            attributes.put("x" + name(), name());
        }
        return data;
    }

    private ObjectNode record(Schema schema) {
        ObjectNode out = JSON.objectNode();
        for (Schema.Field field : schema.getFields()) {
            Schema of = field.schema();
            if (of.getType() != Schema.Type.UNION) {
                out.set(field.name(), value(of));
            } else if (maybe()) {
                out.set(field.name(), value(of.getTypes().get(1)));
            }
        }
        return out;
    }

    private JsonNode value(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> JSON.stringNode(text(schema.getProp("format")));
            case LONG -> schema.getLogicalType() != null ? JSON.stringNode(time()) : JSON.numberNode(random.nextLong());
            case INT -> JSON.numberNode(random.nextInt());
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(5)];
                random.nextBytes(bytes);
                yield JSON.stringNode(Base64.getEncoder().encodeToString(bytes));
            }
            case ARRAY -> {
                ArrayNode out = JSON.arrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    out.add(value(schema.getElementType()));
                }
                yield out;
            }
            case MAP -> {
                ObjectNode out = JSON.objectNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    out.set("k" + name(), value(schema.getValueType()));
                }
                yield out;
            }
            case RECORD -> record(schema);
            default -> throw new IllegalStateException("no random value of " + schema);
        };
    }

    private String text(@Nullable String format) {
        return switch (format == null ? "" : format) {
            case "decimal" -> new BigDecimal(new BigInteger(60, random), random.nextInt(5)).toPlainString();
            case "currency" -> "RUB";
            case "uri" -> "https://example.org/" + random.nextInt();
            default -> name();
        };
    }

    private String time() {
        return Rfc3339.format(Instant.ofEpochMilli(
                random.nextLong(Rfc3339.EARLIEST.toEpochMilli(), Rfc3339.LATEST.toEpochMilli() + 1)));
    }

    private String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private String name() {
        var out = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            out.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return out.toString();
    }

    private boolean maybe() {
        return random.nextBoolean();
    }
}
