package io.masterdeal.benchmarks.growth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the service holds in memory.
 *
 * @param heapBytes bytes of the live objects
 * @param residentBytes memory of the process as the system sees it, before that; null where the system does not say
 */
record ServiceMemory(long heapBytes, @Nullable Long residentBytes) {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");

    /**
     * Measures it; the process stops for a moment.
     *
     * @throws IOException if the JDK has no {@code jcmd}, or that gives no figure
     */
    static ServiceMemory of(ProcessHandle process) throws IOException {
        Long resident = resident(process.pid());
        return new ServiceMemory(heap(process.pid()), resident);
    }

    /** A histogram of the live objects begins with a full collection; its last line has their number and bytes. */
    private static long heap(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        jcmd.getOutputStream().close();
        List<String> lines = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String last = lines.isEmpty() ? "" : lines.getLast();
        Matcher total = TOTAL.matcher(last);
        if (!total.matches()) {
            throw new IOException("jcmd does not say what is on the heap of process " + pid + ": " + last);
        }
        return Long.parseLong(total.group(1));
    }

    /** See proc(5): {@code VmRSS}, in units of 1,024 bytes. */
    private static @Nullable Long resident(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        }
    }
}
