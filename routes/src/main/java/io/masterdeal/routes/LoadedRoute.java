package io.masterdeal.routes;

/**
 * A loaded route.
 *
 * @param id its name
 * @param file the name of its file
 * @param source address it reads from, without secrets
 * @param state Camel's name of the state, such as {@code Started}
 */
public record LoadedRoute(String id, String file, String source, String state) {}
