package io.masterdeal.app.replay.log;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a log, decompressed if necessary (RFC 1952, recognised by the first two bytes, not by the name), with a limit for
 * one item: a quotation mark that is never closed must not load the whole log into memory.
 */
final class LogStream extends FilterInputStream {

    /** The most bytes of a log that may be read for one item. */
    static final int MAX_ITEM_BYTES = 8 << 20;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private long sinceItem;

    private LogStream(Path file, InputStream in) {
        super(in);
        this.file = file;
    }

    static LogStream open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new EventLogException(file + ": there is no such file. Check the path"
                    + "; the logs that a mapping names lie beside it.");
        }
        if (Files.isDirectory(file)) {
            throw new EventLogException(file + ": this is a folder. Give the path of a log.");
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new LogStream(
                    file, packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Says that an item has been read, and the next begins. */
    void itemDone() {
        sinceItem = 0;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int bytes) {
        sinceItem += bytes;
        if (sinceItem > MAX_ITEM_BYTES) {
            throw new EventLogException(file + ": one item is longer than " + MAX_ITEM_BYTES
                    + " bytes. Look for a quotation mark or a tag that is not closed.");
        }
    }
}
