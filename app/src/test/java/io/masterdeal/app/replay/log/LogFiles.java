package io.masterdeal.app.replay.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Logs and mappings for the tests of this package, and the events read from them. */
final class LogFiles {

    /** Everything that was read from a log. */
    record Read(List<ReplayEvent> events, List<LogProblem> problems, long counted) {

        /** {@code type subject} of each event, in order. */
        List<String> stories() {
            return events.stream()
                    .map(e -> e.cloudEvent().get("type").stringValue() + " "
                            + e.cloudEvent().get("subject").stringValue())
                    .toList();
        }

        List<String> field(String name) {
            return events.stream()
                    .map(e -> e.cloudEvent().path(name).asString(""))
                    .toList();
        }

        List<String> messages() {
            return problems.stream().map(LogProblem::message).toList();
        }
    }

    private final Path folder;

    LogFiles(Path folder) {
        this.folder = folder;
    }

    /** A mapping with one source: every activity is an update of the deal, numbered within the case. */
    Path mapping(String file, String format) throws IOException {
        String columns = format.equals("csv")
                ? "'case': 'deal', 'timestamp': 'at', 'activity': 'what'"
                : "'case': 'concept:name', 'timestamp': 'time:timestamp', 'activity': 'concept:name'";
        return text(file + ".mapping.json", """
                {'format': 1, 'namespace': 'f8c64fe0-8600-50bd-8e1a-01592956c405',
                 'types': {'crm.deal.updated': {'object': 'crm:deal'}},
                 'sources': [{'log': 'test', 'file': '%s', 'format': '%s', %s, 'zone': '+03:00',
                  'rules': [{'activity': '*', 'emit': [{'type': 'crm.deal.updated',
                   'id': '{case}/{index}/{activity}/{count.Sent}/{case.client}/{event.note}'}]}]}]}
                """.formatted(file, format, columns).replace('\'', '"'));
    }

    Path text(String name, String text) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path bytes(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(bytes);
        }
        return file;
    }

    /** Writes a log and its mapping, and reads it. */
    Read read(String name, String format, String text) throws IOException {
        text(name, text);
        return read(null, mapping(name, format));
    }

    Read read(@Nullable Path log, @Nullable Path mapping) throws IOException {
        List<LogProblem> problems = new ArrayList<>();
        List<ReplayEvent> events = new ArrayList<>();
        try (EventLog open = EventLogs.open(log, mapping, problems::add)) {
            open.forEachRemaining(events::add);
            return new Read(events, problems, open.problems());
        }
    }
}
