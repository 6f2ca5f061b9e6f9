package io.masterdeal.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer over HTTP.
 *
 * @param retryAfter how long the server asks to wait; null if it does not
 */
record HttpReply(int status, String body, @Nullable Duration retryAfter) {}
