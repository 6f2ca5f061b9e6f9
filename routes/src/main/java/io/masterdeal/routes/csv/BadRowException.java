package io.masterdeal.routes.csv;

/** A row does not fit its table, or cannot be read. */
public final class BadRowException extends Exception {

    BadRowException(String message) {
        super(message);
    }
}
