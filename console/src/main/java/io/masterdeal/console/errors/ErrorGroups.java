package io.masterdeal.console.errors;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The kept errors by reason, for other screens. */
public final class ErrorGroups {

    private static final Logger log = LoggerFactory.getLogger(ErrorGroups.class);

    private final ErrorStore store;

    ErrorGroups(ErrorStore store) {
        this.store = store;
    }

    /** The groups, the one with the newest error first; empty if PostgreSQL is away. */
    public List<ErrorGroup> read(Instant now) {
        try {
            return store.groups(now);
        } catch (DataAccessException e) {
            log.warn("errors cannot be read: {}", e.toString());
            return List.of();
        }
    }
}
