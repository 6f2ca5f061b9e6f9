package io.masterdeal.routes.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Opens the text of a table. Bytes that are invalid in its encoding do not stop the reading: each becomes {@link #BAD}. */
final class TableDecoder {

    /** Represents invalid bytes. It is not a Unicode character, so no valid text contains it. */
    static final char BAD = '\uFFFE';

    private static final int FIRST_BYTES = 3;

    private TableDecoder() {}

    /**
     * The text, without a byte order mark.
     *
     * @param stream from its first byte
     * @param named the configured encoding; null for UTF-8. A byte order mark takes precedence
     * @param bound most characters of a row
     * @throws TableException if it is compressed
     */
    static Text open(InputStream stream, @Nullable Charset named, int bound) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(stream);
        bytes.mark(FIRST_BYTES);
        byte[] first = bytes.readNBytes(FIRST_BYTES);
        bytes.reset();
        if (begins(first, 0x1f, 0x8b)) {
            throw new TableException("the table is packed (gzip): unpack it before it is dropped");
        }
        Charset charset = named == null ? StandardCharsets.UTF_8 : named;
        if (begins(first, 0xef, 0xbb, 0xbf)) {
            charset = StandardCharsets.UTF_8;
        } else if (begins(first, 0xff, 0xfe) || begins(first, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16;
        }
        BoundedReader bounded = new BoundedReader(
                new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                                .replaceWith(String.valueOf(BAD))),
                bound);
        BufferedReader reader = new BufferedReader(bounded);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return new Text(reader, bounded, charset);
    }

    /**
     * The text of a table.
     *
     * @param bounded the reader below; has to be told when a row begins
     * @param charset the encoding of the bytes
     */
    record Text(BufferedReader reader, BoundedReader bounded, Charset charset) {}

    private static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
