package io.masterdeal.facts;

/** A question about a deal with more objects or facts than one answer may hold in memory. */
public final class TooManyFactsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what objects or facts
     * @param most how many there may be
     */
    TooManyFactsException(String what, int most) {
        super("more than " + most + " " + what);
    }
}
