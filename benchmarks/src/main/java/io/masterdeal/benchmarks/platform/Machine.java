package io.masterdeal.benchmarks.platform;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a measurement runs on. */
public final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** How many threads wanted to run, on average over the last minute; negative where that is not known. */
    public static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Hardware and system: {@code cpu}, {@code cores}, {@code memory_bytes}, {@code kernel}, {@code jdk}. */
    public static Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("cpu", cpu());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put(
                "memory_bytes",
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : null);
        machine.put("kernel", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        machine.put("jdk", property("java.vm.name") + " " + property("java.runtime.version"));
        return machine;
    }

    /**
     * The garbage collector that the launcher chose for this process, as flags: what is measured has to run with the one that
     * users get.
     *
     * @return empty if nobody chose one
     */
    public static List<String> collectorFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:+Use") && flag.endsWith("GC"))
                .toList();
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }

    private static @Nullable String cpu() {
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null; // Only Linux has this file.
        }
    }
}
