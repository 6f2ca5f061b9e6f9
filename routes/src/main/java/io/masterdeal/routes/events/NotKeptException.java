package io.masterdeal.routes.events;

import java.io.IOException;
import java.nio.file.Path;

/** A rejected item cannot be kept: neither beside its file nor in the directory for such items. */
public final class NotKeptException extends RuntimeException {

    /**
     * @param where the last attempt was made
     */
    NotKeptException(RejectedItem rejected, Path where, IOException cause) {
        super("route " + rejected.route() + ": a rejected item cannot be kept in " + where + ": " + cause, cause);
    }
}
