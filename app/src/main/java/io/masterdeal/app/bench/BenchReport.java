package io.masterdeal.app.bench;

import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object with time and machine, and a key for each benchmark. */
public final class BenchReport {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, @Nullable Object> all = new LinkedHashMap<>();

    /** Creates a report with a description of the machine. */
    public BenchReport() {
        all.put("measured_at", Instant.now().toString());
        all.put("hardware", Machine.describe());
        all.put("versions", Map.of());
    }

    /**
     * Adds the figures of a benchmark.
     *
     * @param figures maps, lists, numbers, texts and nulls
     */
    public void add(String benchmark, Map<String, @Nullable Object> figures) {
        all.put(benchmark, figures);
    }

    /** Writes it as JSON; an existing file is replaced once everything is written. */
    public void write(Path file) throws IOException {
        // Only now: a server tells its version once it runs.
        all.put("versions", Versions.describe());
        Path target = file.toAbsolutePath();
        Path half = target.resolveSibling(target.getFileName() + ".half");
        Files.writeString(half, MAPPER.writeValueAsString(all) + "\n");
        Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
