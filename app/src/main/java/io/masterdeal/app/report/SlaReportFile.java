package io.masterdeal.app.report;

import io.masterdeal.client.PlatformClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The clocks of every deal in canonical form, read page by page from the service's API. */
public final class SlaReportFile {

    private final PlatformClient service;

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
        try (SlaReportWriter out = new SlaReportWriter(file)) {
            service.forEach("/sla/reports?at=" + encode(instant), out::add);
            out.end(
                    instant,
                    first.path("policies").stringValue(),
                    first.path("rules").stringValue());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
