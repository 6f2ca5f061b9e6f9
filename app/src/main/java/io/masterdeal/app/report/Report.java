package io.masterdeal.app.report;

import io.masterdeal.client.PlatformClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The service's answers in canonical form: one JSON object for each deal in the order of the roots, keys sorted, no spaces,
 * then one with the counts. Two platforms that know the same facts give the same bytes. It is read page by page from the
 * service's API.
 */
public final class Report {

    private final PlatformClient service;

    /**
     * @param service the service
     */
    public Report(PlatformClient service) {
        this.service = service;
    }

    /**
     * Writes the report.
     *
     * @param file {@code -} is standard output; a name that ends with {@code .gz} is compressed
     * @return how many deals there are
     * @throws IOException if the file cannot be written
     */
    public long write(Path file) throws IOException, InterruptedException {
        if (file.toString().equals("-")) {
            return writeToStandardOutput();
        }
        try (Writer out = new BufferedWriter(new OutputStreamWriter(open(file), StandardCharsets.UTF_8))) {
            return write(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Standard output stays open, and reports a failure only when asked. */
    private long writeToStandardOutput() throws IOException, InterruptedException {
        Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        long deals = write(out);
        out.flush();
        if (System.out.checkError()) {
            throw new IOException("the report cannot be written to standard output");
        }
        return deals;
    }

    static OutputStream open(Path file) throws IOException {
        OutputStream stream = Files.newOutputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(stream) : stream;
    }

    private long write(Writer out) throws InterruptedException {
        AtomicLong deals = new AtomicLong();
        service.forEach("/masterdeal?timeline=true", deal -> {
            deals.incrementAndGet();
            line(out, line(deal));
        });
        AtomicLong orphans = new AtomicLong();
        AtomicLong orphanFacts = new AtomicLong();
        service.forEach("/orphans?dismissed=all", orphan -> {
            orphans.incrementAndGet();
            orphanFacts.addAndGet(orphan.path("facts").longValue());
        });
        AtomicLong conflicts = new AtomicLong();
        service.forEach("/conflicts", _ -> conflicts.incrementAndGet());
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.putObject("summary")
                .put("conflicting_ids", conflicts.get())
                .put("deals", deals.get())
                .put("facts", service.get("/summary").path("facts").longValue())
                .put("orphan_facts", orphanFacts.get())
                .put("orphans", orphans.get());
        line(out, line);
        return deals.get();
    }

    private static ObjectNode line(JsonNode deal) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.set("facts", deal.path("facts"));
        line.set("gaps", deal.path("gaps"));
        line.set("outcome", deal.path("outcome"));
        line.set("root", deal.path("root"));
        line.set("stage", deal.path("stage"));
        ArrayNode timeline = line.putArray("timeline");
        deal.path("timeline")
                .forEach(step -> timeline.addArray()
                        .add(step.path("stage"))
                        .add(step.path("effective_at"))
                        .add(step.path("direction")));
        return line;
    }

    private static void line(Writer out, ObjectNode line) {
        try {
            out.write(line.toString());
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
