package io.masterdeal.app.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * Writes the clocks of deals in canonical form: one JSON object for each deal in the order of the roots, keys sorted, no spaces, then one
 * with the counts. Not safe for use by several threads.
 */
public final class SlaReportWriter implements AutoCloseable {

    private final Writer out;

    private final ClockCounts counts = new ClockCounts();

    /**
     * @param file its name; one that ends with {@code .gz} is compressed
     * @throws IOException if it cannot be created
     */
    public SlaReportWriter(Path file) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(Report.open(file), StandardCharsets.UTF_8));
    }

    /**
     * Writes the line of a deal.
     *
     * @param report in the form of the service's answer
     * @throws UncheckedIOException if the file cannot be written
     */
    public void add(JsonNode report) {
        counts.add(report);
        line(report);
    }

    /**
     * Writes the last line.
     *
     * @param instant of all reports
     * @param policies the label of the policies they are made with
     * @param rules the name of the rule set
     * @throws UncheckedIOException if the file cannot be written
     */
    public void end(String instant, String policies, String rules) {
        line(counts.summary(instant, policies, rules));
    }

    private void line(JsonNode line) {
        try {
            out.write(line.toString());
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
