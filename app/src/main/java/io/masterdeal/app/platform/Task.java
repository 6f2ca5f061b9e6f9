package io.masterdeal.app.platform;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something to do with a running platform.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> {

    /** Does it. */
    T run() throws IOException, InterruptedException;
}
