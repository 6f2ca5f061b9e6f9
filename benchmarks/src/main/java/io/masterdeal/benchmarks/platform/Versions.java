package io.masterdeal.benchmarks.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/** Which versions are measured. */
public final class Versions {

    private static volatile @Nullable String postgresql;

    private Versions() {}

    /** Remembers the version that a server reports. */
    static void sawPostgresql(String version) {
        postgresql = version;
    }

    /**
     * {@code kafka} (clients and broker are of one version), {@code postgresql} (null if none ran so far), {@code commit} (null
     * outside of a Git clone), {@code uncommitted_changes} (null there).
     */
    public static Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> versions = new LinkedHashMap<>();
        versions.put("kafka", AppInfoParser.getVersion());
        versions.put("postgresql", postgresql);
        String commit = git("rev-parse", "HEAD");
        versions.put("commit", commit);
        String changes = commit == null ? null : git("status", "--porcelain");
        versions.put("uncommitted_changes", changes == null ? null : !changes.isEmpty());
        return versions;
    }

    private static @Nullable String git(String... arguments) {
        Path home = Path.of(System.getProperty("masterdeal.home", "."));
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? out : null;
        } catch (IOException e) {
            return null; // Git is not installed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
