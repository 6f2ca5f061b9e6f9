package io.masterdeal.app.replay.mapping;

import io.masterdeal.app.replay.mapping.Rule.Emission;
import io.masterdeal.app.replay.mapping.Rule.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads mapping files of format 1. It refuses unknown fields, so that typing errors are found. */
public final class MappingReader {

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_DEPTH = 32;
    private static final Pattern OBJECT = Pattern.compile("[^:\\s]+:[^:\\s]+");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    private MappingReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a mapping.
     *
     * @param file the mapping file; the logs it names are looked for beside it
     * @return the mapping, checked; the logs themselves are not looked at
     * @throws MappingException if it is not a mapping of format 1: names the file, the place (a JSON pointer), what and what to do
     * @throws IOException if the file cannot be read
     */
    public static Mapping read(Path file) throws IOException {
        return new MappingReader(file).read();
    }

    private Mapping read() throws IOException {
        LocatedJson root = parse().objectOf("format", "description", "namespace", "types", "sources");
        LocatedJson format = root.required("format");
        if (!format.node().isIntegralNumber() || !format.node().asString().equals("1")) {
            throw format.error("this reader knows format 1 only, not " + format.node() + ".", "Write \"format\": 1.");
        }
        LocatedJson description = root.optional("description");
        if (description != null) {
            description.text();
        }
        UUID namespace = uuid(root.required("namespace"));
        Map<String, EventType> types = new LinkedHashMap<>();
        root.required("types").entries().forEach((name, at) -> types.put(name, type(name, at)));
        List<Source> sources = new ArrayList<>();
        for (LocatedJson source : root.required("sources").items()) {
            sources.add(source(source, types));
        }
        if (sources.isEmpty()) {
            throw root.required("sources").error("no log is named, so there is nothing to read.", "Add a source.");
        }
        return new Mapping(namespace, sources);
    }

    private LocatedJson parse() throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new MappingException(file, "the whole file", "there is no such file.", "Give the path of a mapping.");
        }
        if (bytes.length > MAX_BYTES) {
            throw new MappingException(
                    file,
                    "the whole file",
                    "longer than " + MAX_BYTES + " bytes.",
                    "Is it the log rather than the mapping?");
        }
        try {
            JsonNode tree = JSON.readTree(bytes);
            return new LocatedJson(file, "", tree);
        } catch (JacksonException e) {
            var where = e.getLocation();
            String place = where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw new MappingException(file, place, "not JSON: " + e.getOriginalMessage() + ".", "Fix it there.");
        }
    }

    private static UUID uuid(LocatedJson at) {
        String text = at.text();
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like the shortened forms that UUID.fromString accepts.
        }
        throw at.error("\"" + text + "\" is not a UUID.", "Write 32 hexadecimal digits as 8-4-4-4-12.");
    }

    private static EventType type(String name, LocatedJson at) {
        at.objectOf("object", "status");
        LocatedJson object = at.required("object");
        if (!OBJECT.matcher(object.text()).matches()) {
            throw object.error(
                    "\"" + object.text() + "\" is no kind of object.", "Write \"domain:kind\", such as \"crm:deal\".");
        }
        LocatedJson status = at.optional("status");
        String kind = object.text();
        return new EventType(name, kind.substring(0, kind.indexOf(':')), kind, status == null ? null : status.text());
    }

    private Source source(LocatedJson at, Map<String, EventType> types) {
        at.objectOf(
                "log", "file", "format", "case", "timestamp", "activity", "lifecycle", "zone", "case_pattern", "rules");
        LocatedJson pattern = at.optional("case_pattern");
        CasePattern casePattern = pattern == null ? null : CaseFields.pattern(pattern);
        TemplateReader templates = new TemplateReader(casePattern == null ? List.of() : casePattern.names());
        List<Rule> rules = new ArrayList<>();
        for (LocatedJson rule : at.required("rules").items()) {
            rules.add(rule(rule, types, templates));
        }
        LocatedJson lifecycle = at.optional("lifecycle");
        return new Source(
                at.required("log").text(),
                besideMapping(at.required("file")),
                format(at.required("format")),
                new Source.Columns(
                        at.required("case").text(),
                        textOf(at.required("timestamp")),
                        textOf(at.required("activity")),
                        lifecycle == null ? null : lifecycle.text()),
                CaseFields.zone(at.optional("zone")),
                casePattern,
                new Source.RuleBook(rules, templates.remembered()));
    }

    private Path besideMapping(LocatedJson at) {
        if (at.text().isEmpty() || at.text().indexOf('\0') >= 0) {
            throw at.error("not the name of a file.", "Name the log that lies beside the mapping.");
        }
        return file.toAbsolutePath().resolveSibling(at.text());
    }

    private static Source.Format format(LocatedJson at) {
        return switch (at.text()) {
            case "xes" -> Source.Format.XES;
            case "csv" -> Source.Format.CSV;
            default ->
                throw at.error("\"" + at.text() + "\" is not a format of a log.", "Formats are \"xes\" and \"csv\".");
        };
    }

    private static TextSource textOf(LocatedJson at) {
        if (at.node().isObject()) {
            return new TextSource.Constant(
                    at.objectOf("const").required("const").text());
        }
        if (!at.node().isString()) {
            throw at.error("this is " + at.kind() + ".", "Name an attribute, or write {\"const\": \"text\"}.");
        }
        return new TextSource.Attribute(at.text());
    }

    private static Rule rule(LocatedJson at, Map<String, EventType> types, TemplateReader templates) {
        at.objectOf("activity", "lifecycle", "emit");
        List<Emission> emissions = new ArrayList<>();
        for (LocatedJson emission : at.required("emit").items()) {
            emissions.add(emission(emission, types, templates));
        }
        return new Rule(pattern(at.required("activity")), pattern(at.optional("lifecycle")), emissions);
    }

    private static TextPattern pattern(@Nullable LocatedJson at) {
        if (at == null) {
            return new TextPattern.Any();
        }
        if (at.node().isString()) {
            return TextPattern.of(at.text());
        }
        if (!at.node().isArray()) {
            throw at.error(
                    "this is " + at.kind() + ".", "Write a text, or a list of texts, each with a final * or not.");
        }
        List<LocatedJson> items = at.items();
        if (items.isEmpty()) {
            throw at.error("an empty list, which nothing can match.", "Name at least one, or \"*\" for any.");
        }
        return new TextPattern.AnyOf(
                items.stream().map(LocatedJson::text).map(TextPattern::of).toList());
    }

    private static Emission emission(LocatedJson at, Map<String, EventType> types, TemplateReader templates) {
        at.objectOf("type", "id", "links", "sequence", "attributes");
        LocatedJson name = at.required("type");
        EventType type = types.get(name.text());
        if (type == null) {
            throw name.error(
                    "\"" + name.text() + "\" is not declared" + nearest(name.text(), types.keySet()) + ".",
                    "Add it to \"types\".");
        }
        List<Template> links = new ArrayList<>();
        LocatedJson linksAt = at.optional("links");
        if (linksAt != null) {
            linksAt.items().forEach(link -> links.add(templates.read(link)));
        }
        SequencedMap<String, Template> attributes = new LinkedHashMap<>();
        LocatedJson attributesAt = at.optional("attributes");
        if (attributesAt != null) {
            attributesAt.entries().forEach((key, value) -> attributes.put(key, templates.read(value)));
        }
        LocatedJson sequence = at.optional("sequence");
        return new Emission(
                type,
                templates.read(at.required("id")),
                links,
                sequence == null ? null : templates.readNumber(sequence),
                attributes);
    }

    private static String nearest(String name, Set<String> known) {
        String domain = name.substring(0, name.indexOf('.') + 1);
        List<String> alike = known.stream()
                .filter(k -> !domain.isEmpty() && k.startsWith(domain))
                .sorted()
                .toList();
        return alike.isEmpty() ? "" : " (of " + domain + "* there are " + String.join(", ", alike) + ")";
    }
}
