package io.masterdeal.routes.csv;

import java.io.IOException;

/** What should be a table cannot be read as one. */
public final class TableException extends IOException {

    /**
     * @param message what is wrong and what to do
     */
    TableException(String message) {
        super(message);
    }
}
