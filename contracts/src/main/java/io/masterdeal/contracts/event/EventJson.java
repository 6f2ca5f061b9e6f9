package io.masterdeal.contracts.event;

import io.masterdeal.contracts.avro.AvroJson;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.text.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON: CloudEvents 1.0 in structured mode ({@code application/cloudevents+json}) and the attributes and data of
 * binary mode.
 *
 * <p>What is accepted, beyond CloudEvents: {@code id} is a UUID; {@code subject} is a {@link SubjectKey} of the kind that
 * belongs to the type; {@code time} is required, with an offset; {@code sequence} may be a string of digits or a JSON number;
 * {@code data} is an object that conforms to the schema of the type. {@code dataschema} and unknown extension attributes are accepted
 * and ignored; {@code data_base64} is refused. {@link Limits} apply. A refusal lists every error of
 * the event. Thread-safe.
 */
public final class EventJson {
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
            "datacontenttype",
            "dataschema");

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2 * Limits.DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A zero within this many bytes makes a parser assume UTF-16 or UTF-32. JSON in UTF-8 contains no zero. */
    private static final int GUESSED_FROM = 4;

    private final EventRules rules;

    /**
     * Creates a reader and writer for the events of a catalog.
     *
     * @param catalog the known event types
     */
    public EventJson(EventCatalog catalog) {
        this.rules = new EventRules(catalog);
    }

    /**
     * Parses the JSON of an event strictly: only UTF-8, no duplicate names in an object, nothing after the end, bounded depth.
     *
     * @param json the JSON; the caller has to limit its size
     * @return its tree
     * @throws InvalidEventException if it is not such JSON
     */
    public static JsonNode parse(byte[] json) {
        checkUtf8(json);
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new InvalidEventException(
                    List.of(new Violation("", "is no JSON: " + e.getOriginalMessage() + where)));
        }
    }

    /**
     * Checks that text is UTF-8 (RFC 8259, section 8.1). Without this check, the JSON parser would also detect UTF-16 and UTF-32,
     * and would accept overlong sequences.
     *
     * @param json any bytes
     * @throws InvalidEventException if they are not UTF-8; it gives the position
     */
    public static void checkUtf8(byte[] json) {
        int wrong = Utf8.invalidAt(json);
        for (int i = 0; wrong < 0 && i < Math.min(json.length, GUESSED_FROM); i++) {
            wrong = json[i] == 0 ? i : wrong;
        }
        if (wrong >= 0) {
            throw new InvalidEventException(List.of(new Violation(
                    "", "must be UTF-8: what begins at byte " + wrong + " (the first is 0) belongs to no character")));
        }
    }

    /**
     * Reads an event in structured mode.
     *
     * @param json the event, at most {@link Limits#EVENT_BYTES} bytes of UTF-8
     * @return the event; its data has the status of the type
     * @throws InvalidEventException if the event is invalid
     */
    public Event read(byte[] json) {
        checkSize(json);
        return read(parse(json));
    }

    /**
     * Reads an event in structured mode.
     *
     * @param json the event as parsed by {@link #parse}; duplicate names can no longer be detected here
     * @return the event; its data has the status of the type
     * @throws InvalidEventException if the event is invalid
     */
    public Event read(JsonNode json) {
        var violations = new ArrayList<Violation>();
        if (!json.isObject()) {
            throw new InvalidEventException(
                    List.of(new Violation("", "must be an object: an event of CloudEvents 1.0")));
        }
        if (!JsonScan.passes(json, "", 1, violations)) {
            throw new InvalidEventException(violations);
        }
        Map<String, String> attributes = attributes(json, violations);
        if (json.has("data_base64")) {
            violations.add(new Violation("/data_base64", "is not accepted: give the data as an object in data"));
        }
        return read(attributes, json.get("data"), violations);
    }

    /**
     * Reads an event in binary mode.
     *
     * @param ceAttributes CloudEvents attributes by their names, without any prefix, as decoded text;
     *     {@code datacontenttype} may be among them
     * @param data the body, at most {@link Limits#EVENT_BYTES} bytes of UTF-8
     * @return the event; its data has the status of the type
     * @throws InvalidEventException if the event is invalid; pointers refer to the same event in structured mode
     */
    public Event read(Map<String, String> ceAttributes, byte[] data) {
        checkSize(data);
        return read(ceAttributes, parse(data));
    }

    /**
     * Reads an event in binary mode.
     *
     * @param ceAttributes CloudEvents attributes by their names, without any prefix, as decoded text
     * @param data the body as parsed by {@link #parse}
     * @return the event; its data has the status of the type
     * @throws InvalidEventException if the event is invalid; pointers refer to the same event in structured mode
     */
    public Event read(Map<String, String> ceAttributes, JsonNode data) {
        var violations = new ArrayList<Violation>();
        if (!JsonScan.passes(data, "/data", 2, violations)) {
            throw new InvalidEventException(violations);
        }
        for (String name : ceAttributes.keySet()) {
            checkSpelling(name, violations);
        }
        return read(ceAttributes, data, violations);
    }

    /**
     * Writes an event in structured mode.
     *
     * @param event any event
     * @return its JSON, which {@link #read(JsonNode)} accepts
     */
    public ObjectNode write(Event event) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        ContextAttributes.write(event.envelope()).forEach(out::put);
        out.put("datacontenttype", "application/json");
        out.set("data", AvroJson.write(event.data()));
        return out;
    }

    private Event read(Map<String, String> attributes, @Nullable JsonNode json, List<Violation> violations) {
        Envelope envelope = ContextAttributes.read(attributes, violations);
        checkContentType(attributes.get("datacontenttype"), violations);
        String name = attributes.get("type");
        EventType type = name == null || name.isEmpty() ? null : rules.type(name, violations);
        GenericRecord data = null;
        if (type != null) {
            String subject = attributes.get("subject");
            if (subject != null && !subject.isEmpty()) {
                rules.checkSubject(type, subject, violations);
            }
            data = data(type, json, violations);
        }
        if (envelope == null || data == null || !violations.isEmpty()) {
            throw new InvalidEventException(withoutRepeats(violations));
        }
        return new Event(envelope, data);
    }

    /** Keeps only the first violation of each attribute, so that one that is not a string is not also reported as missing. */
    private static List<Violation> withoutRepeats(List<Violation> violations) {
        var attributes = new HashSet<String>();
        return violations.stream()
                .distinct()
                .filter(found -> found.pointer().startsWith("/data/") || attributes.add(found.pointer()))
                .toList();
    }

    private @Nullable GenericRecord data(EventType type, @Nullable JsonNode json, List<Violation> violations) {
        if (json == null || json.isMissingNode()) {
            violations.add(new Violation("/data", "is required; it may be {}"));
            return null;
        }
        GenericRecord data = AvroJson.read(
                json, type.schema(), "/data", (pointer, message) -> violations.add(new Violation(pointer, message)));
        if (data != null) {
            rules.checkData(type, data, violations);
            rules.complete(type, data);
        }
        return data;
    }

    private static Map<String, String> attributes(JsonNode json, List<Violation> violations) {
        var attributes = new HashMap<String, String>();
        for (var property : json.properties()) {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (!ATTRIBUTES.contains(name)) {
                checkSpelling(name, violations);
            } else if (value.isString()) {
                attributes.put(name, value.stringValue());
            } else if ((name.equals("sequence") && value.isIntegralNumber())
                    || (name.equals("replayed") && value.isBoolean())) {
                attributes.put(name, value.asString());
            } else if (!value.isNull()) {
                violations.add(new Violation("/" + name, "must be a string"));
            }
        }
        return attributes;
    }

    /** Refuses a name that differs from one of ours only in case, "_" or "-": ignoring it would silently lose its value. */
    private static void checkSpelling(String name, List<Violation> violations) {
        String plain = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        if (!name.equals(plain) && ATTRIBUTES.contains(plain)) {
            violations.add(new Violation("/" + name, "must be written \"" + plain + "\""));
        }
    }

    private static void checkContentType(@Nullable String type, List<Violation> violations) {
        if (type == null) {
            return;
        }
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip();
        if (!bare.equalsIgnoreCase("application/json")) {
            violations.add(new Violation("/datacontenttype", "must be application/json, or left out"));
        }
    }

    private static void checkSize(byte[] json) {
        if (json.length > Limits.EVENT_BYTES) {
            throw new InvalidEventException(List.of(new Violation(
                    "",
                    "is " + json.length + " bytes long, more than the " + Limits.EVENT_BYTES + " an event may have")));
        }
    }
}
