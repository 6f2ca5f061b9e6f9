package io.masterdeal.routes.events;

import java.io.IOException;
import java.nio.file.Path;

/** A refused item can be kept nowhere: neither beside its file nor in the directory for such items. */
public final class NotKeptException extends RuntimeException {

    /**
     * @param where it was tried last
     */
    NotKeptException(RejectedItem rejected, Path where, IOException cause) {
        super("route " + rejected.route() + ": a refused item cannot be kept in " + where + ": " + cause, cause);
    }
}
