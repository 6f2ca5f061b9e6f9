package io.masterdeal.crash.history;

/**
 * A row of the table {@code deal_revisions}.
 *
 * @param root of the deal
 * @param said what the row says of the revision, as {@link #said} writes it
 */
public record StoredRevision(String root, long revision, String said) {

    /** What is compared of a revision. */
    static String said(String type, String stage, String outcome, long causes) {
        return type + ", stage " + stage + ", " + outcome + ", by " + causes + " events";
    }
}
