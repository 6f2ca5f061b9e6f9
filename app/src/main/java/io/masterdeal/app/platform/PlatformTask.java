package io.masterdeal.app.platform;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Work that needs a running platform.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface PlatformTask<T extends @Nullable Object> {

    /** Does the work. */
    T run() throws IOException, InterruptedException;
}
