package io.masterdeal.app.replay.log;

import io.masterdeal.app.replay.mapping.Attributes;
import io.masterdeal.app.replay.mapping.CaseProgress;
import io.masterdeal.app.replay.mapping.Mapping;
import io.masterdeal.app.replay.mapping.Source;
import io.masterdeal.app.replay.mapping.SourceMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An XES log (IEEE 1849), read as a stream. The attributes of a trace should come before its events, as in the XES
 * schema; in other logs the first events of a trace are held back until the trace ends. Nested attributes are not
 * read.
 */
final class XesReader implements LogReader {

    /** How many events of a trace are held back for attributes that come after them. */
    static final int HELD_EVENTS = 1000;

    private static final String MAX_DEPTH = "100";

    private record Held(Map<String, String> attributes, long line) {}

    private final String file;
    private final Source source;
    private final SourceMapper mapper;
    private final LogStream in;
    private final XMLStreamReader xml;

    private boolean inTrace;
    private long traceLine;
    private final Map<String, String> traceAttributes = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private @Nullable CaseProgress progress;
    private boolean leftOut;
    private boolean lateToldOf;

    XesReader(Path file, Mapping mapping, Source source) throws IOException {
        this.file = file.getFileName().toString();
        this.source = source;
        this.mapper = new SourceMapper(mapping, source);
        this.in = LogStream.open(file);
        try {
            this.xml = factory().createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            in.close();
            throw damaged(e);
        }
    }

    /** Neither a DTD nor an external entity is ever read: a log is untrusted input. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.maxElementDepth", MAX_DEPTH);
        // These count predefined entities such as &amp; over the whole log, which can have no others; the size of an
        // item is bounded anyway.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.entityExpansionLimit", "0");
        return factory;
    }

    @Override
    public boolean read(Sink sink) throws IOException {
        try {
            while (xml.hasNext()) {
                int what = xml.next();
                in.itemDone();
                if (what == XMLStreamConstants.DTD) {
                    throw new EventLogException(
                            file + ", line " + xml.getLocation().getLineNumber()
                                    + ": a document type declaration, which is not read. Take it out; XES needs none.");
                } else if (what == XMLStreamConstants.START_ELEMENT) {
                    if (begins(sink)) {
                        return true;
                    }
                } else if (what == XMLStreamConstants.END_ELEMENT && isNamed("trace")) {
                    endOfTrace(sink);
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** Handles an element; true if it was a whole event. */
    private boolean begins(Sink sink) throws XMLStreamException {
        if (!inTrace) {
            if (isNamed("trace")) {
                inTrace = true;
                traceLine = xml.getLocation().getLineNumber();
            }
            return false;
        }
        long line = xml.getLocation().getLineNumber();
        if (!isNamed("event")) {
            attributeOfTrace(line, sink);
            return false;
        }
        Held event = new Held(attributesOfEvent(), line);
        if (progress == null && !leftOut && held.size() < HELD_EVENTS) {
            held.add(event);
            return true;
        }
        flush(sink);
        map(event, sink);
        return true;
    }

    private void attributeOfTrace(long line, Sink sink) throws XMLStreamException {
        boolean late = progress != null || leftOut;
        if (late && !lateToldOf) {
            lateToldOf = true;
            problem(
                    sink,
                    line,
                    "trace attribute \"" + xml.getAttributeValue(null, "key") + "\" comes after more than "
                            + HELD_EVENTS
                            + " events of the trace and is not read; put the attributes of a trace before its events");
        }
        keep(late ? null : traceAttributes);
        skipNested();
    }

    private Map<String, String> attributesOfEvent() throws XMLStreamException {
        Map<String, String> attributes = new HashMap<>();
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                keep(attributes);
                skipNested();
            }
        }
        return attributes;
    }

    private void keep(@Nullable Map<String, String> attributes) {
        String key = xml.getAttributeValue(null, "key");
        String value = xml.getAttributeValue(null, "value");
        if (attributes != null && key != null && value != null) {
            attributes.put(key, value);
        }
    }

    /** Skips to the end of the element that has just begun. */
    private void skipNested() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int what = xml.next();
            if (what == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (what == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private void endOfTrace(Sink sink) {
        flush(sink);
        inTrace = false;
        leftOut = false;
        lateToldOf = false;
        progress = null;
        traceAttributes.clear();
    }

    private void flush(Sink sink) {
        if (progress == null && !leftOut && !held.isEmpty()) {
            begin(sink);
        }
        held.forEach(event -> map(event, sink));
        held.clear();
    }

    private void begin(Sink sink) {
        String caseId = traceAttributes.getOrDefault(source.caseColumn(), "");
        if (caseId.isEmpty()) {
            leftOut = true;
            problem(
                    sink,
                    traceLine,
                    "a trace without case id: it has no attribute \"" + source.caseColumn()
                            + "\"; its events are left out");
            return;
        }
        progress = mapper.begin(caseId, traceAttributes::get, reason -> problem(sink, traceLine, reason));
    }

    private void map(Held event, Sink sink) {
        CaseProgress at = progress;
        if (at == null) {
            return;
        }
        String item = "case " + at.id() + ", event " + at.events();
        Attributes attributes = event.attributes()::get;
        Consumer<String> problems = reason -> sink.problem(new LogProblem(file, event.line(), item, reason));
        mapper.map(
                at,
                attributes,
                mapped -> sink.event(new ReplayEvent(mapped.domain(), mapped.cloudEvent(), file, event.line())),
                problems);
    }

    private void problem(Sink sink, long line, String reason) {
        String caseId = traceAttributes.getOrDefault(source.caseColumn(), "");
        sink.problem(new LogProblem(file, line, caseId.isEmpty() ? "" : "case " + caseId, reason));
    }

    private boolean isNamed(String name) {
        return xml.getLocalName().equals(name);
    }

    private EventLogException damaged(XMLStreamException e) {
        String where =
                e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNumber();
        String what = e.getMessage() == null ? "not XML" : e.getMessage().replaceAll("\\s*\\R\\s*", " ");
        return new EventLogException(
                file + where + ": not well-formed XML: " + what + ". Check that the file is whole.", e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
