package io.masterdeal.app.replay.log;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file of events, which only its owner may read. It is unlinked as soon as it is open (or, on
 * systems that cannot do so, when it is closed), so its space is freed when the process ends, however it ends.
 */
final class Spool implements Closeable {

    private static final int BUFFER = 1 << 14;
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final FileChannel channel;
    private @Nullable DataOutputStream out;
    private long events;
    private long bytes;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    static Spool in(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path file = directory.resolve("replay-" + UUID.randomUUID() + ".tmp");
        return new Spool(FileChannel.open(file, OPTIONS, owner));
    }

    /** Appends an event. Events may be appended while earlier ones are read. */
    void add(SpooledEvent event) throws IOException {
        if (out == null) {
            out = new DataOutputStream(new BufferedOutputStream(new At(channel, bytes), BUFFER));
        }
        int before = out.size();
        event.write(out);
        bytes += out.size() - before;
        events++;
        if (out.size() > 1 << 30) {
            // DataOutputStream counts in an int.
            written();
        }
    }

    /** Frees the buffer: nothing more will be appended soon. */
    void written() throws IOException {
        if (out != null) {
            out.flush();
            out = null;
        }
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    /** The events there are now, in the order they were appended; throws UncheckedIOException. */
    Iterator<SpooledEvent> iterator() throws IOException {
        written();
        DataInputStream in = new DataInputStream(new BufferedInputStream(new From(channel), BUFFER));
        return new Iterator<>() {
            private long left = events;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public SpooledEvent next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                left--;
                try {
                    return SpooledEvent.read(in);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Writes at its own position in the file, independent of reading. */
    private static final class At extends OutputStream {
        private final FileChannel channel;
        private long at;

        At(FileChannel channel, long at) {
            this.channel = channel;
            this.at = at;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, b.length);
            ByteBuffer buffer = ByteBuffer.wrap(b, offset, length);
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        }
    }

    /** Reads from the beginning of the file. */
    private static final class From extends InputStream {
        private final FileChannel channel;
        private long at;

        From(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = channel.read(ByteBuffer.wrap(b, offset, length), at);
            at += Math.max(n, 0);
            return n;
        }
    }
}
