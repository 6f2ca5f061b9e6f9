package io.masterdeal.app.replay.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudEvents in structured mode, one JSON object a line. They are passed on unchanged: the gateway judges
 * whether an event is valid, here only the domain is needed, which decides the key.
 */
final class JsonLinesReader implements LogReader {

    /** The longest line that is read as an event, in bytes. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final Pattern SOURCE = Pattern.compile("/([a-z][a-z0-9-]*)");
    private static final Pattern SUBJECT = Pattern.compile("([a-z][a-z0-9-]*):.*", Pattern.DOTALL);

    private final String file;
    private final LogStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    JsonLinesReader(Path file) throws IOException {
        this.file = file.getFileName().toString();
        this.in = LogStream.open(file);
    }

    @Override
    public boolean read(Sink sink) throws IOException {
        number++;
        line.reset();
        boolean tooLong = false;
        int b = in.read();
        if (b < 0) {
            return false;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            tooLong |= line.size() >= MAX_LINE_BYTES;
            if (tooLong) {
                in.itemDone();
            } else {
                line.write(b);
            }
        }
        in.itemDone();
        if (tooLong) {
            problem(sink, "longer than " + MAX_LINE_BYTES + " bytes; an event is one line of JSON");
        } else {
            event(sink);
        }
        return true;
    }

    private void event(Sink sink) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            problem(sink, "not UTF-8; write the file in UTF-8");
            return;
        }
        if (number == 1 && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            return;
        }
        JsonNode node;
        try {
            node = LosslessJson.parse(text);
        } catch (JacksonException e) {
            problem(sink, "not JSON: " + e.getOriginalMessage() + LosslessJson.columnOf(e));
            return;
        }
        if (!(node instanceof ObjectNode cloudEvent)) {
            problem(sink, "not a JSON object; each line is one CloudEvent");
            return;
        }
        String missing = missing(cloudEvent);
        if (missing != null) {
            problem(sink, "no CloudEvent: \"" + missing + "\" is missing or no text");
            return;
        }
        String domain = domain(cloudEvent);
        if (domain == null) {
            problem(
                    sink,
                    "the domain cannot be told: \"source\" is not \"/\" and a domain, such as \"/crm\", and \"subject\""
                            + " is no object key, such as \"crm:deal:D-1\"");
            return;
        }
        sink.event(new ReplayEvent(domain, cloudEvent, file, number));
    }

    private static @Nullable String missing(ObjectNode cloudEvent) {
        for (String name : List.of("specversion", "id", "source", "type", "subject")) {
            JsonNode value = cloudEvent.get(name);
            if (value == null || !value.isString()) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable String domain(ObjectNode cloudEvent) {
        Matcher source = SOURCE.matcher(cloudEvent.get("source").stringValue());
        if (source.matches()) {
            return source.group(1);
        }
        Matcher subject = SUBJECT.matcher(cloudEvent.get("subject").stringValue());
        return subject.matches() ? subject.group(1) : null;
    }

    private void problem(Sink sink, String reason) {
        sink.problem(new LogProblem(file, number, "", reason));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
