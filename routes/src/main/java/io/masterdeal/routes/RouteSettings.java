package io.masterdeal.routes;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the engine.
 *
 * @param folder its {@code *.yaml} files contain the routes; it has to exist
 * @param secrets properties file with the values of {@code {{name}}} in routes; null if there is none
 * @param gateway base address of the gateway, to which events are published
 * @param apiKeys directory of the keys of the domains
 * @param rejected directory for rejected items that did not come in a file
 */
public record RouteSettings(Path folder, @Nullable Path secrets, URI gateway, Path apiKeys, Path rejected) {}
