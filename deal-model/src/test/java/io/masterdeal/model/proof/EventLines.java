package io.masterdeal.model.proof;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Statements as CloudEvents, one JSON object per line. */
public final class EventLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventLines() {}

    public static List<Statement> read(Path file) {
        List<Statement> statements = new ArrayList<>();
        for (String line : text(file).split("\n", -1)) {
            if (!line.isBlank()) {
                statements.add(statement(JSON.readTree(line)));
            }
        }
        return statements;
    }

    /** The text of a file, decompressed if its name says that it is compressed. */
    public static String text(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes facts, and retractions without other content. */
    public static void write(Path file, Collection<? extends Statement> statements) throws IOException {
        StringBuilder lines = new StringBuilder();
        statements.forEach(
                it -> lines.append(JSON.writeValueAsString(event(it))).append('\n'));
        Files.writeString(file, lines);
    }

    private static Statement statement(JsonNode event) {
        JsonNode data = event.get("data");
        List<ObjectKey> links = new ArrayList<>();
        data.path("links").forEach(link -> links.add(new ObjectKey(link.asString())));
        Map<String, String> attributes = new TreeMap<>();
        data.path("attributes")
                .properties()
                .forEach(it -> attributes.put(it.getKey(), it.getValue().asString()));
        List<UUID> retracts = new ArrayList<>();
        data.path("retracts").forEach(id -> retracts.add(UUID.fromString(id.asString())));
        String sequence = text(event, "sequence");
        String masterDealId = text(event, "masterdealid");
        Fact said = Fact.of(
                UUID.fromString(event.get("id").asString()),
                event.get("type").asString(),
                new ObjectKey(event.get("subject").asString()),
                text(data, "status"),
                sequence == null ? null : Long.valueOf(sequence),
                Instant.parse(event.get("time").asString()),
                links,
                attributes,
                masterDealId == null ? null : UUID.fromString(masterDealId));
        return retracts.isEmpty() ? said : Retraction.of(said, retracts);
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    private static ObjectNode event(Statement statement) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", statement.eventId().toString());
        ObjectNode data = JSON.createObjectNode();
        switch (statement) {
            case Fact fact -> {
                describe(event, data, fact);
            }
            case Retraction retraction -> {
                JsonNode content = JSON.readTree(retraction.content());
                event.put("type", content.get(0).asString())
                        .put("subject", content.get(1).asString())
                        .put(
                                "time",
                                Report.time(Instant.ofEpochMilli(content.get(4).asLong())));
                content.get(8).forEach(data.withArray("retracts")::add);
            }
        }
        event.set("data", data);
        return event;
    }

    private static void describe(ObjectNode event, ObjectNode data, Fact fact) {
        event.put("type", fact.type())
                .put("subject", fact.subject().value())
                .put("time", Report.time(fact.occurredAt()));
        if (fact.sequence() != null) {
            event.put("sequence", fact.sequence().toString());
        }
        if (fact.masterDealId() != null) {
            event.put("masterdealid", fact.masterDealId().toString());
        }
        if (fact.status() != null) {
            data.put("status", fact.status());
        }
        fact.links().forEach(link -> data.withArray("links").add(link.value()));
        fact.attributes().forEach(data.withObject("attributes")::put);
    }
}
