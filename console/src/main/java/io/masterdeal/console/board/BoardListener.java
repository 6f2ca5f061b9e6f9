package io.masterdeal.console.board;

import java.util.Set;
import java.util.UUID;

/** Is told after the board has changed. It must return at once. */
@FunctionalInterface
public interface BoardListener {
    /**
     * The board has changed.
     *
     * @param version of the board now
     * @param deals whose cards were replaced or removed since the version before
     */
    void changed(long version, Set<UUID> deals);
}
