package io.masterdeal.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of a part's log, and the reasons for a failed start that they show. */
record LogTail(Path file, String text) {
    private static final int BYTES = 16 * 1024;
    private static final int LINES = 25;
    private static final Pattern PORT_TAKEN = Pattern.compile(
            "address already in use|port \\d+ seems to be in use|could not bind", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISK_FULL =
            Pattern.compile("no space left on device|disk quota exceeded", Pattern.CASE_INSENSITIVE);
    private static final Pattern HELD_BY_ANOTHER = Pattern.compile(
            "pre-existing shared memory block|lock file \"postmaster\\.pid\" already exists", Pattern.CASE_INSENSITIVE);

    static LogTail of(Path file) {
        try {
            return new LogTail(file, read(file));
        } catch (IOException e) {
            return new LogTail(file, "(the log is not readable: " + e + ")");
        }
    }

    boolean saysPortTaken() {
        return PORT_TAKEN.matcher(text).find();
    }

    /** PostgreSQL found its memory or its lock file in use. */
    boolean saysHeldByAnother() {
        return HELD_BY_ANOTHER.matcher(text).find();
    }

    boolean saysDiskFull() {
        return DISK_FULL.matcher(text).find();
    }

    /** For the end of an error message. */
    String quoted() {
        List<String> lines = text.lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        return "The end of its log " + file + ":" + System.lineSeparator()
                + String.join(
                        System.lineSeparator(),
                        last.stream().map(line -> "  | " + line).toList());
    }

    private static String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long start = Math.max(0, channel.size() - BYTES);
            ByteBuffer buffer = ByteBuffer.allocate(BYTES);
            channel.position(start);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until the buffer is full or the file ends.
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }
}
