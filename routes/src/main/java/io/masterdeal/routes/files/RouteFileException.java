package io.masterdeal.routes.files;

/** A file of routes that cannot be used. */
public final class RouteFileException extends Exception {

    private final int line;

    /**
     * @param line where it is wrong, from 1; 0 if that is not known
     * @param message what is wrong
     */
    public RouteFileException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line that is wrong, from 1; 0 if that is not known. */
    public int line() {
        return line;
    }
}
