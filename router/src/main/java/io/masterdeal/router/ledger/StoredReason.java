package io.masterdeal.router.ledger;

/** Reasons as the ledger stores them. */
public final class StoredReason {

    private static final int MAX_LENGTH = 500;

    private StoredReason() {}

    /**
     * Makes a reason fit for PostgreSQL: it may quote an event, so it may be of any length and contain U+0000.
     *
     * @return at most {@value #MAX_LENGTH} characters
     */
    public static String of(String reason) {
        String text = reason.replace('\0', ' ');
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }
}
