package io.masterdeal.routes.files;

import io.masterdeal.routes.events.NotKeptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a dropped file to {@code DIR/.not-kept} if its rejected items cannot be kept anywhere; otherwise it would be read again without
 * end. Thread-safe.
 */
public final class FileQuarantine extends RoutePolicySupport {

    private static final Logger log = LoggerFactory.getLogger(FileQuarantine.class);

    private static final String NAME = ".not-kept";

    private static final int MAX_LISTED = 10;

    private final Map<Path, String> unmoved = new ConcurrentHashMap<>();

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        String path = exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class);
        if (path == null) {
            return;
        }
        Path file = Path.of(path);
        NotKeptException failure = notKept(exchange.getException());
        if (failure == null) {
            unmoved.remove(file);
            return;
        }
        try {
            Path directory = Files.createDirectories(file.resolveSibling(NAME));
            if (Files.isSymbolicLink(directory)) {
                throw new IOException(directory + " is a link");
            }
            Files.move(file, directory.resolve(file.getFileName()));
            log.warn("{} is moved to {}: {}", file, directory, failure.getMessage());
        } catch (IOException e) {
            unmoved.put(file, failure.getMessage() + ", and it cannot be moved aside: " + e);
            log.warn("{} is read again: {}", file, unmoved.get(file));
        }
    }

    private static @Nullable NotKeptException notKept(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotKeptException found) {
                return found;
            }
        }
        return null;
    }

    /** Which files of some routes were moved or could not be moved, and why; includes files moved before this process started. */
    public List<String> describe(List<Route> routes) {
        List<String> descriptions = new ArrayList<>();
        for (Route route : routes) {
            if (route.getEndpoint() instanceof FileEndpoint source) {
                descriptions.addAll(moved(source.getFile().toPath().resolve(NAME)));
            }
        }
        unmoved.forEach((file, why) -> {
            if (Files.exists(file)) {
                descriptions.add(file + ": " + why);
            }
        });
        return descriptions;
    }

    private static List<String> moved(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted()
                    .limit(MAX_LISTED)
                    .map(
                            it -> it
                                    + ": its rejected items could not be kept; the log says why. Correct that and drop the file again")
                    .toList();
        } catch (IOException e) {
            return List.of(directory + " cannot be read: " + e);
        }
    }
}
