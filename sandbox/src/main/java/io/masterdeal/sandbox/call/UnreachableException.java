package io.masterdeal.sandbox.call;

/** A system did not answer within the patience of the caller. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
