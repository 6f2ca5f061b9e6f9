package io.masterdeal.routes;

/**
 * A route that runs.
 *
 * @param id its name
 * @param file the name of the file it stands in
 * @param source what it reads from, without secrets
 * @param state as Camel calls it: {@code Started}
 */
public record LoadedRoute(String id, String file, String source, String state) {}
