package io.masterdeal.routes.csv;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.WrappedFile;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.IOHelper;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The data format {@code csv}: a table with column names in its first line (RFC 4180). The encoding is UTF-8, or what a byte order mark or
 * the source says ({@code charset} of {@code file:}, the content type of an HTTP answer). {@link Separator} finds the field separator.
 * The result is an iterator over {@link Row}s, so that a file of any size is split in bounded memory. A row has a problem if it has more or
 * fewer fields than there are columns, a cell that is too long, or bytes that are invalid in the encoding. If the rest of the table cannot
 * be read, the last row says so as its problem.
 *
 * <p>Camel has a data format of this name; this one knows the line of each row and continues after a bad one.
 */
public final class CsvRows extends ServiceSupport implements DataFormat {

    /** The most characters of a cell. */
    static final int LONGEST_CELL = 1 << 16;

    /** The most characters of a row, and of the first line. */
    static final int LONGEST_ROW = 1 << 18;

    private static final int MOST_COLUMNS = 1_000;

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("csv is read by routes, not written");
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws IOException {
        return unmarshal(exchange, stream(exchange, body));
    }

    /** The bytes unchanged: Camel would decode those of a file and encode them again. */
    private static InputStream stream(Exchange exchange, Object body) throws IOException {
        if (body instanceof WrappedFile<?> dropped && dropped.getFile() instanceof File file) {
            return Files.newInputStream(file.toPath(), LinkOption.NOFOLLOW_LINKS);
        }
        try {
            return exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, body);
        } catch (NoTypeConversionAvailableException e) {
            throw new TableException("the body is no text: " + e.getMessage());
        }
    }

    @Override
    public Iterator<Row> unmarshal(Exchange exchange, InputStream stream) throws IOException {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                IOHelper.close(stream);
            }
        });
        TableDecoder.Text text = TableDecoder.open(stream, charset(exchange), LONGEST_ROW);
        Separator.Found found = Separator.of(text.reader(), LONGEST_ROW);
        text.bounded().rowBegins();
        CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setDelimiter(found.separator())
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get()
                .parse(text.reader());
        Iterator<CSVRecord> records = parser.iterator();
        List<String> columns =
                records.hasNext() ? records.next().stream().map(String::strip).toList() : List.of();
        check(columns, text.charset());
        return new RowIterator(parser, records, columns, text, found.passed());
    }

    private static @Nullable Charset charset(Exchange exchange) throws IOException {
        String named = ExchangeHelper.getCharsetName(exchange, false);
        try {
            return named == null ? null : Charset.forName(named);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new TableException("there is no encoding '" + named + "'");
        }
    }

    private static void check(List<String> columns, Charset charset) throws IOException {
        for (String column : columns) {
            if (column.indexOf(TableDecoder.BAD) >= 0) {
                throw new TableException("the first line of the table, which names the columns, " + notOf(charset, ""));
            }
        }
        if (columns.size() > MOST_COLUMNS) {
            throw new TableException(
                    "the first line of the table names " + columns.size() + " columns; there may be " + MOST_COLUMNS);
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new TableException("the first line of the table has a column name twice: " + columns);
        }
    }

    /** The message for invalid bytes, with what to do. */
    static String notOf(Charset charset, String where) {
        return "has bytes that are not " + charset.name() + where
                + ". Write the file so, or name its encoding at the source of the route, such as 'charset: windows-1251'";
    }
}
