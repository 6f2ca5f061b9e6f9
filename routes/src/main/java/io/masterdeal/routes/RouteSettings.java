package io.masterdeal.routes;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the engine is to be.
 *
 * @param folder whose {@code *.yaml} files hold the routes; it has to exist
 * @param secrets a file of properties that {@code {{name}}} in routes stands for; null if there is none
 * @param gateway base address of the gateway, which takes their events
 * @param apiKeys directory of the keys of the domains
 * @param rejected directory for refused items that came in no file
 */
public record RouteSettings(Path folder, @Nullable Path secrets, URI gateway, Path apiKeys, Path rejected) {}
