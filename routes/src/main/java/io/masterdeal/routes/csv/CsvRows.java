package io.masterdeal.routes.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The data format {@code csv}: a table with column names in its first line (RFC 4180), in UTF-8, with or without a byte order
 * mark, whose fields are separated by comma, semicolon or tab, whichever the first line has most of. Gives an iterator over
 * {@link Row}s, so that a file of any size is split in bounded memory. A row that has more or fewer fields than there are columns
 * comes with a problem; what cannot be read at all is a last row with a problem.
 *
 * <p>Camel has a data format of this name; this one knows the line of each row and goes on behind a bad one.
 */
public final class CsvRows extends ServiceSupport implements DataFormat {

    private static final int LONGEST_FIRST_LINE = 1 << 20;

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("csv is read by routes, not written");
    }

    @Override
    public Iterator<Row> unmarshal(Exchange exchange, InputStream stream) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                stream,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(reader))
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get()
                .parse(reader);
        Iterator<CSVRecord> records = parser.iterator();
        List<String> columns =
                records.hasNext() ? records.next().stream().map(String::strip).toList() : List.of();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IOException("the first line of the table has a column name twice: " + columns);
        }
        return new Rows(parser, records, columns);
    }

    private static char delimiter(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_FIRST_LINE);
        int[] counts = new int[3];
        String candidates = ",;\t";
        for (int i = 0; i < LONGEST_FIRST_LINE - 1; i++) {
            int c = reader.read();
            if (c < 0 || c == '\n' || c == '\r') {
                break;
            }
            int candidate = candidates.indexOf(c);
            if (candidate >= 0) {
                counts[candidate]++;
            }
        }
        reader.reset();
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return candidates.charAt(most);
    }

    private static final class Rows implements Iterator<Row>, AutoCloseable {

        private final CSVParser parser;

        private final Iterator<CSVRecord> records;

        private final List<String> columns;

        private @Nullable Row next;

        private boolean ended;

        Rows(CSVParser parser, Iterator<CSVRecord> records, List<String> columns) {
            this.parser = parser;
            this.records = records;
            this.columns = columns;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = read();
                ended = next == null || ended;
            }
            return next != null;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row row = next;
            next = null;
            return Objects.requireNonNull(row);
        }

        private @Nullable Row read() {
            long before = parser.getCurrentLineNumber();
            try {
                if (!records.hasNext()) {
                    return null;
                }
                CSVRecord record = records.next();
                return row(record, parser.getCurrentLineNumber() - lineBreaks(record));
            } catch (UncheckedIOException | IllegalStateException e) {
                ended = true; // Where the next row would begin cannot be known.
                return new Row(Map.of(), before + 1, "cannot be read, nor what is behind it: " + e.getMessage());
            }
        }

        private static long lineBreaks(CSVRecord record) {
            return record.stream()
                    .mapToLong(it -> it.chars().filter(c -> c == '\n').count())
                    .sum();
        }

        private Row row(CSVRecord record, long line) {
            Map<String, String> cells = new LinkedHashMap<>();
            List<String> values = new ArrayList<>(record.toList());
            for (int i = 0; i < values.size(); i++) {
                cells.put(
                        i < columns.size() ? columns.get(i) : "column " + (i + 1),
                        values.get(i).strip());
            }
            return new Row(
                    cells,
                    line,
                    values.size() == columns.size()
                            ? null
                            : "has " + values.size() + " fields where the first line names " + columns.size());
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
