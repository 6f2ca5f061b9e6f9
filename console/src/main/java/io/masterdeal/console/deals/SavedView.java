package io.masterdeal.console.deals;

/**
 * A list under a name.
 *
 * @param owner who saved it
 * @param name given by the owner
 * @param path address of the list, with its query
 * @param shared whether everybody sees it
 */
public record SavedView(String owner, String name, String path, boolean shared) {}
