package io.masterdeal.routes.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rejected items, as JSON lines: those of a file {@code DIR/NAME} in {@code DIR/.rejected/NAME.jsonl}; all others, and those that cannot be
 * kept there, in {@code ROUTE.jsonl} of a separate directory. Items may be private, so only the owner may read these files. An item that
 * comes again, because its file was read twice, is kept once.
 */
final class RejectedItemStore {

    private static final Logger log = LoggerFactory.getLogger(RejectedItemStore.class);

    private static final int MOST_FILES_KNOWN = 20;

    private final Path elsewhere;

    private final Clock clock;

    private final UnaryOperator<String> redact;

    private final Map<Path, Set<UUID>> known = new LinkedHashMap<>();

    /**
     * @param elsewhere directory for items that did not come in a file; created when needed
     * @param redact removes secrets from problems
     */
    RejectedItemStore(Path elsewhere, Clock clock, UnaryOperator<String> redact) {
        this.elsewhere = elsewhere;
        this.clock = clock;
        this.redact = redact;
    }

    /**
     * Keeps an item; returns when it is on disk.
     *
     * @throws NotKeptException if it cannot be written anywhere
     */
    synchronized void keep(RejectedItem rejected) {
        Path last = elsewhere.resolve(rejected.route().replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl");
        Path first = last;
        ObjectNode line = line(rejected);
        if (rejected.file() != null) {
            Path source = Path.of(rejected.file());
            first = source.resolveSibling(".rejected").resolve(source.getFileName() + ".jsonl");
        }
        try {
            keep(first, line, rejected);
        } catch (IOException e) {
            if (first.equals(last)) {
                throw new NotKeptException(rejected, first, e);
            }
            log.warn("rejected items cannot be kept in {}: {}", first, e.toString());
            try {
                keep(last, line.put("file", rejected.file()), rejected);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw new NotKeptException(rejected, last, again);
            }
        }
    }

    private void keep(Path file, ObjectNode line, RejectedItem rejected) throws IOException {
        Set<UUID> there = known(file);
        UUID identity = identity(line);
        if (there.contains(identity)) {
            return;
        }
        line.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        append(file, line + "\n");
        there.add(identity);
        log.warn(
                "route {}: {} rejected, kept in {}: {}",
                rejected.route(),
                rejected.place().isEmpty() ? "an item" : rejected.place(),
                file,
                line.at("/problem/detail").asString(""));
    }

    private ObjectNode line(RejectedItem rejected) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("route", rejected.route());
        if (rejected.place().startsWith("line ")) {
            line.put("line", Long.parseLong(rejected.place().substring("line ".length())));
        } else if (!rejected.place().isEmpty()) {
            line.put("place", rejected.place());
        }
        line.set("item", rejected.item());
        line.set("problem", JsonTexts.changed(rejected.problem(), redact));
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
            known.remove(file); // Somebody has removed it.
        }
        Set<UUID> there = known.get(file);
        if (there == null) {
            there = new HashSet<>();
            if (Files.exists(file)) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                    lines.lines().forEach(readInto(there)); // The file may contain any bytes.
                } catch (UncheckedIOException e) {
                    throw new IOException(e.getMessage(), e);
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
                log.debug("an incomplete line of a process that died; its item comes again");
            }
        };
    }

    private static void append(Path file, String line) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        if (!Files.exists(directory)) {
            Files.createDirectories(directory.resolveSibling("."));
            Files.createDirectory(directory, ownerOnly(directory, "rwx------"));
        }
        if (Files.isSymbolicLink(directory)) {
            throw new IOException(directory + " is a link");
        }
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                ownerOnly(directory, "rw-------"))) {
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

    private static FileAttribute<?>[] ownerOnly(Path directory, String rights) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
