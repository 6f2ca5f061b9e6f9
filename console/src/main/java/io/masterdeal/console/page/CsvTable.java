package io.masterdeal.console.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table for spreadsheets, written row by row: UTF-8 with a mark at its beginning, semicolons in Russian. A text that a spreadsheet would
 * take for a formula gets an apostrophe. A last line tells the number of rows and the instant.
 */
public final class CsvTable implements AutoCloseable {

    private final Writer writer;
    private final View view;
    private final char separator;
    private long rows;

    /**
     * Begins a table.
     *
     * @param view of whom it is for
     * @param out takes the bytes; closed at the end
     * @param columns titles
     */
    public CsvTable(View view, java.io.OutputStream out, List<String> columns) throws IOException {
        this.view = view;
        this.separator = view.language() == Language.RU ? ';' : ',';
        this.writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\ufeff');
        line(columns);
    }

    /**
     * Begins a table as the answer to a request.
     *
     * @param name of the file, without ending
     */
    public static CsvTable to(HttpServletResponse response, View view, String name, List<String> columns)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        return new CsvTable(view, response.getOutputStream(), columns);
    }

    /** Adds a row. */
    public void row(List<String> cells) throws IOException {
        line(cells);
        rows++;
    }

    /** Says that the table ends before its time, and why. */
    public void fault(String why) throws IOException {
        line(List.of(view.text("operate.csv.fault", why)));
    }

    private void line(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                writer.write(separator);
            }
            writer.write(cell(cells.get(i)));
        }
        writer.write("\r\n");
    }

    private String cell(String text) {
        String safe = text;
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !text.matches("-?\\d+([.,]\\d+)?")) {
            safe = "'" + text;
        }
        boolean quoted = safe.indexOf(separator) >= 0
                || safe.indexOf('"') >= 0
                || safe.indexOf('\n') >= 0
                || safe.indexOf('\r') >= 0;
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** Writes the last line. */
    @Override
    public void close() throws IOException {
        try (writer) {
            line(List.of(view.count("operate.csv.end", rows) + ", " + view.utc(view.now())));
        }
    }
}
