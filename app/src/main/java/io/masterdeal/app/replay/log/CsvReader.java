package io.masterdeal.app.replay.log;

import io.masterdeal.app.replay.mapping.Attributes;
import io.masterdeal.app.replay.mapping.CaseProgress;
import io.masterdeal.app.replay.mapping.Mapping;
import io.masterdeal.app.replay.mapping.Source;
import io.masterdeal.app.replay.mapping.SourceMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV log (RFC 4180, header line, UTF-8 with or without byte order mark), row by row. The rows of a case may be anywhere,
 * so {@link CaseProgress} is kept for each case, but none of its rows.
 */
final class CsvReader implements LogReader {

    /** The decoder's replacement for bytes that are not UTF-8. */
    private static final String UNDECODABLE = "\uFFFD";

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setTrailingData(true)
            .get();

    private final String file;
    private final Source source;
    private final SourceMapper mapper;
    private final LogStream in;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final Map<String, Integer> columns;
    private final int caseColumn;
    private final Map<String, CaseProgress> cases = new HashMap<>();

    CsvReader(Path file, Mapping mapping, Source source) throws IOException {
        this.file = file.getFileName().toString();
        this.source = source;
        this.mapper = new SourceMapper(mapping, source);
        this.in = LogStream.open(file);
        try {
            this.parser = CSVParser.builder()
                    .setReader(withoutByteOrderMark(in))
                    .setFormat(FORMAT)
                    .get();
            this.rows = parser.iterator();
            this.columns = header();
            this.caseColumn = required(source.caseColumn());
            source.requiredColumns().forEach(this::required);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static BufferedReader withoutByteOrderMark(LogStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private Map<String, Integer> header() {
        CSVRecord header = nextRow();
        if (header == null) {
            throw new EventLogException(file + ": empty. A csv log begins with a line that names the columns.");
        }
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (!name.isEmpty() && byName.put(name, i) != null) {
                throw new EventLogException(
                        file + ", line 1: two columns are named \"" + name + "\". Give each a name of its own.");
            }
        }
        return byName;
    }

    private int required(String column) {
        Integer at = columns.get(column);
        if (at == null) {
            throw new EventLogException(file + ", line 1: there is no column \"" + column
                    + "\", which the mapping reads; "
                    + "the columns are "
                    + String.join(", ", columns.keySet().stream().sorted().toList())
                    + ". Name the column in the mapping as the log does.");
        }
        return at;
    }

    @Override
    public boolean read(Sink sink) throws IOException {
        CSVRecord row = nextRow();
        if (row == null) {
            return false;
        }
        in.itemDone();
        long line = firstLine(row);
        String caseId = caseColumn < row.size() ? row.get(caseColumn) : "";
        if (caseId.isEmpty() || caseId.contains(UNDECODABLE)) {
            String what = caseId.isEmpty() ? "no case id" : "bytes that are not UTF-8";
            sink.problem(new LogProblem(file, line, "", what + " in column \"" + source.caseColumn() + "\""));
            return true;
        }
        Attributes attributes = name -> value(row, name);
        CaseProgress known = cases.get(caseId);
        CaseProgress progress = known != null ? known : begin(caseId, attributes, line, sink);
        String item = "case " + caseId + ", event " + progress.events();
        Consumer<String> problems = reason -> sink.problem(new LogProblem(file, line, item, reason));
        boolean undecodable = row.stream().anyMatch(v -> v.contains(UNDECODABLE));
        if (undecodable) {
            problems.accept("bytes that are not UTF-8 (or the mark for such, U+FFFD); write the file in UTF-8");
        }
        mapper.map(
                progress,
                attributes,
                event -> {
                    if (!undecodable) {
                        sink.event(new ReplayEvent(event.domain(), event.cloudEvent(), file, line));
                    }
                },
                problems);
        return true;
    }

    private CaseProgress begin(String caseId, Attributes firstRow, long line, Sink sink) {
        CaseProgress progress = mapper.begin(
                caseId,
                name -> firstRow.get("case:" + name),
                reason -> sink.problem(new LogProblem(file, line, "case " + caseId, reason)));
        cases.put(caseId, progress);
        return progress;
    }

    private @Nullable String value(CSVRecord row, String column) {
        Integer at = columns.get(column);
        return at == null || at >= row.size() ? null : row.get(at);
    }

    private @Nullable CSVRecord nextRow() {
        long line = parser.getCurrentLineNumber() + 1;
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (UncheckedIOException e) {
            throw new EventLogException(
                    file + ", near line " + line + ": cannot be read any further: " + e.getMessage()
                            + ". Look for a quotation mark that is not closed.",
                    e);
        }
    }

    /** The line where a row begins: the parser knows only where it ends, and quoted fields may have line ends. */
    private long firstLine(CSVRecord row) {
        long inside = row.stream()
                .mapToLong(v -> v.chars().filter(c -> c == '\n').count())
                .sum();
        return parser.getCurrentLineNumber() - inside;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
