package io.masterdeal.routes.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Fails if a row is too long: otherwise a quotation mark that is never closed would read a whole file into memory. */
final class BoundedReader extends FilterReader {

    private final int bound;

    private long given;

    BoundedReader(Reader in, int bound) {
        super(in);
        this.bound = bound;
    }

    /** A row begins, or the part of it that was read ahead. */
    void rowBegins() {
        given = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (given > bound) {
            throw new IOException(
                    "a row has more than " + bound + " characters; look for a quotation mark that is not closed");
        }
        int count = super.read(into, offset, length);
        given += Math.max(0, count);
        return count;
    }
}
