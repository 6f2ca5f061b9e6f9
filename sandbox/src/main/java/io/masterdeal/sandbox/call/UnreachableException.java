package io.masterdeal.sandbox.call;

/** A system did not answer as long as the caller had patience. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
