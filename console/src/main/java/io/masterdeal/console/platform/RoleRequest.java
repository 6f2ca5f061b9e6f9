package io.masterdeal.console.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to a role.
 *
 * @param method such as GET
 * @param path with its query
 * @param body JSON; null for none
 * @param person for whom the console acts; null for itself
 * @param timeout how long to wait for the whole answer
 */
public record RoleRequest(
        String method,
        String path,
        @Nullable String body,
        @Nullable String person,
        Duration timeout) {}
