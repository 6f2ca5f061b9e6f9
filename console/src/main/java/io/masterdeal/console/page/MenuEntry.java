package io.masterdeal.console.page;

import io.masterdeal.console.access.Right;

/**
 * A screen in the menu. Each screen declares a bean of its own.
 *
 * @param order smaller numbers come first
 * @param path of the screen, such as {@code /deals}
 * @param key of its title among the words
 * @param right who sees it
 */
public record MenuEntry(int order, String path, String key, Right right) {
    /** Whether a page belongs to this screen. */
    public boolean has(String page) {
        return page.equals(path) || (!path.equals("/") && page.startsWith(path + "/"));
    }
}
