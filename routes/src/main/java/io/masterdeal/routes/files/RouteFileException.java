package io.masterdeal.routes.files;

/** A file of routes that cannot be used. */
public final class RouteFileException extends Exception {

    private final int line;

    /**
     * @param line where, from 1; 0 if that cannot be told
     * @param message what is wrong
     */
    public RouteFileException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Where it is wrong, from 1; 0 if that cannot be told. */
    public int line() {
        return line;
    }
}
