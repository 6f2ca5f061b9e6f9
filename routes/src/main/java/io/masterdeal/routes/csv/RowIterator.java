package io.masterdeal.routes.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a table after its first line. Rows that are empty or contain only separators are skipped. */
final class RowIterator implements Iterator<Row>, AutoCloseable {

    private final CSVParser parser;

    private final Iterator<CSVRecord> records;

    private final List<String> columns;

    private final TableDecoder.Text text;

    private final int passed;

    private @Nullable Row next;

    private boolean ended;

    /**
     * @param records all but the first
     * @param passed how many lines were skipped before the first
     */
    RowIterator(
            CSVParser parser, Iterator<CSVRecord> records, List<String> columns, TableDecoder.Text text, int passed) {
        this.parser = parser;
        this.records = records;
        this.columns = columns;
        this.text = text;
        this.passed = passed;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            read();
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

    /** Reads the next row, and takes it unless it is empty. */
    private void read() {
        long before = passed + parser.getCurrentLineNumber();
        try {
            text.bounded().rowBegins();
            if (!records.hasNext()) {
                ended = true;
                return;
            }
            CSVRecord record = records.next();
            if (record.stream().anyMatch(it -> !it.isBlank())) {
                next = row(record, passed + parser.getCurrentLineNumber() - lineBreaks(record));
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            ended = true; // It is not known where the next row would begin.
            next = new Row(Map.of(), before + 1, "cannot be read, nor what is behind it: " + e.getMessage());
        }
    }

    private static long lineBreaks(CSVRecord record) {
        return record.stream()
                .mapToLong(it -> it.chars().filter(c -> c == '\n').count())
                .sum();
    }

    private Row row(CSVRecord record, long line) {
        Map<String, String> cells = new LinkedHashMap<>();
        String problem = record.size() == columns.size()
                ? null
                : "has " + record.size() + " fields where the first line names " + columns.size();
        for (int i = 0; i < record.size(); i++) {
            String column = i < columns.size() ? columns.get(i) : "column " + (i + 1);
            String cell = record.get(i).strip();
            if (cell.length() > CsvRows.LONGEST_CELL) {
                problem = "has " + cell.length() + " characters in column '" + column + "'; there may be "
                        + CsvRows.LONGEST_CELL;
                cell = cell.substring(0, CsvRows.LONGEST_CELL);
            }
            if (cell.indexOf(TableDecoder.BAD) >= 0) {
                problem = CsvRows.notOf(text.charset(), " in column '" + column + "'");
                cell = cell.replace(TableDecoder.BAD, '\uFFFD');
            }
            cells.put(column, cell);
        }
        return new Row(cells, line, problem);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
