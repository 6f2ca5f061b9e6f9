package io.masterdeal.app.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory that is deleted after use, unless it was given. */
public final class TemporaryDirectory implements AutoCloseable {

    private final Path path;

    private boolean kept;

    private TemporaryDirectory(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /**
     * Creates a temporary directory, or uses a given one.
     *
     * @param given a directory to use and keep; null to create one and delete it in the end
     */
    public static TemporaryDirectory unless(@Nullable Path given) throws IOException {
        return given == null
                ? new TemporaryDirectory(Files.createTempDirectory("masterdeal"), false)
                : new TemporaryDirectory(given, true);
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** Keeps the directory, so that it can be examined. */
    public synchronized void keep() {
        kept = true;
    }

    /** Deletes it with its content. Files that cannot be deleted are left for the system to clean up. */
    @Override
    public synchronized void close() {
        if (kept || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            System.Logger log = System.getLogger(TemporaryDirectory.class.getName());
            log.log(
                    System.Logger.Level.WARNING,
                    "the temporary directory {0} was not deleted: {1}",
                    path,
                    e.toString());
        }
    }
}
