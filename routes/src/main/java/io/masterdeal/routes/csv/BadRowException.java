package io.masterdeal.routes.csv;

/** A row is none of its table, or cannot be read. */
public final class BadRowException extends Exception {

    BadRowException(String message) {
        super(message);
    }
}
