package io.masterdeal.client;

/** What an HTTP status says of a request; the table is in {@link RetryPolicy}. */
enum StatusRule {
    DONE,
    /** Not known whether it was done. */
    REPEAT,
    /** The caller is not admitted, or asks at the wrong address: nothing is said about the content. */
    CALLER_REFUSED,
    CONTENT_REFUSED;

    /** Of the whole request. */
    static StatusRule of(int status) {
        return switch (status) {
            case 408, 425, 429 -> REPEAT;
            case 401, 403, 404, 405, 407 -> CALLER_REFUSED;
            default ->
                switch (status / 100) {
                    case 2 -> DONE;
                    case 3 -> CALLER_REFUSED;
                    case 4 -> CONTENT_REFUSED;
                    default -> REPEAT;
                };
        };
    }

    /** Of one event of a batch. */
    static StatusRule ofItem(int status) {
        StatusRule rule = of(status);
        if (rule == CALLER_REFUSED) {
            return status / 100 == 4 ? CONTENT_REFUSED : REPEAT;
        }
        return rule;
    }
}
