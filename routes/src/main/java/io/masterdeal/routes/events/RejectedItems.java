package io.masterdeal.routes.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items that were refused, one a line of JSON: those of a file {@code DIR/NAME} in {@code DIR/.rejected/NAME.jsonl}, the others in
 * {@code ROUTE.jsonl} of a directory of their own. An item that comes again, since its file was read twice, is kept once.
 */
final class RejectedItems {

    private static final Logger log = LoggerFactory.getLogger(RejectedItems.class);

    private static final int MOST_FILES_KNOWN = 20;

    private final Path elsewhere;

    private final Clock clock;

    private final Map<Path, Set<UUID>> known = new LinkedHashMap<>();

    /**
     * @param elsewhere for what came in no file; made when it is needed
     */
    RejectedItems(Path elsewhere, Clock clock) {
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    /**
     * Keeps one; returns when it is on the disk.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    synchronized void keep(Rejected rejected) {
        Path file = file(rejected);
        try {
            Set<UUID> there = known(file);
            ObjectNode line = line(rejected);
            UUID identity = identity(line);
            if (there.contains(identity)) {
                return;
            }
            line.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            append(file, line + "\n");
            there.add(identity);
            log.warn(
                    "route {}: {} refused, kept in {}: {}",
                    rejected.route(),
                    rejected.place().isEmpty() ? "an item" : rejected.place(),
                    file,
                    rejected.problem().path("detail").asString(""));
        } catch (IOException e) {
            throw new UncheckedIOException("a refused item cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file(Rejected rejected) {
        if (rejected.file() == null) {
            return elsewhere.resolve(rejected.route().replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl");
        }
        Path source = Path.of(rejected.file());
        return source.resolveSibling(".rejected").resolve(source.getFileName() + ".jsonl");
    }

    private static ObjectNode line(Rejected rejected) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("route", rejected.route());
        if (rejected.place().startsWith("line ")) {
            line.put("line", Long.parseLong(rejected.place().substring("line ".length())));
        } else if (!rejected.place().isEmpty()) {
            line.put("place", rejected.place());
        }
        line.set("item", rejected.item());
        line.set("problem", rejected.problem());
        if (rejected.event() != null) {
            line.set("event", rejected.event());
        }
        return line;
    }

    private static UUID identity(JsonNode line) {
        String text =
                line.path("route") + "\n" + line.path("line") + "\n" + line.path("place") + "\n" + line.path("item");
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private Set<UUID> known(Path file) throws IOException {
        if (!Files.exists(file)) {
            known.remove(file); // People have taken it away.
        }
        Set<UUID> there = known.get(file);
        if (there == null) {
            there = new HashSet<>();
            if (Files.exists(file)) {
                try (var lines = Files.lines(file)) {
                    lines.forEach(readInto(there));
                }
            }
            if (known.size() == MOST_FILES_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(file, there);
        }
        return there;
    }

    private static Consumer<String> readInto(Set<UUID> identities) {
        return line -> {
            try {
                identities.add(identity(JsonMapper.shared().readTree(line)));
            } catch (JacksonException _) {
                log.debug("half a line, written by a process that died; its item comes again");
            }
        };
    }

    private static void append(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean half = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(half ? "\n" + line : line);
            for (long at = end; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
        }
    }
}
