package io.masterdeal.app.report;

import io.masterdeal.client.PlatformClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clocks of every deal in canonical form: one JSON object for each deal in the order of the roots, keys sorted, no spaces, then one
 * with the counts. It is read page by page from the service's API.
 */
public final class SlaReportFile {

    private final PlatformClient service;

    private final TreeMap<String, Long> states = new TreeMap<>();

    private long deals;

    private long cycles;

    private long breachedCycles;

    /**
     * @param service the service
     */
    public SlaReportFile(PlatformClient service) {
        this.service = service;
    }

    /**
     * Writes the report.
     *
     * @param file its name; one that ends with {@code .gz} is compressed
     * @param at the instant, RFC 3339; null for now
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, @Nullable String at) throws IOException, InterruptedException {
        JsonNode first = service.get("/sla/reports?limit=1" + (at == null ? "" : "&at=" + encode(at)));
        String instant = first.path("at").stringValue();
        try (Writer out = new BufferedWriter(new OutputStreamWriter(Report.open(file), StandardCharsets.UTF_8))) {
            service.forEach("/sla/reports?at=" + encode(instant), report -> {
                count(report);
                line(out, report);
            });
            ObjectNode summary = JsonMapper.shared().createObjectNode();
            ObjectNode counts = summary.putObject("summary").put("breached_cycles", breachedCycles);
            states.forEach(counts.putObject("clocks")::put);
            counts.put("cycles", cycles)
                    .put("deals", deals)
                    .put("now", instant)
                    .put("policies", first.path("policies").stringValue())
                    .put("rules", first.path("rules").stringValue());
            line(out, summary);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void count(JsonNode report) {
        deals++;
        for (JsonNode clock : report.path("clocks")) {
            states.merge(clock.path("state").stringValue(), 1L, Long::sum);
            for (JsonNode cycle : clock.path("cycles")) {
                cycles++;
                if (!cycle.path("breached_at").isNull()) {
                    breachedCycles++;
                }
            }
        }
    }

    private static void line(Writer out, JsonNode line) {
        try {
            out.write(line.toString());
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
