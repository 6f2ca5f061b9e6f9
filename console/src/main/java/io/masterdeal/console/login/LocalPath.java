package io.masterdeal.console.login;

import org.jspecify.annotations.Nullable;

/** Where to go after login: only to pages of this console, so that a link to the login cannot lead elsewhere. */
final class LocalPath {

    private static final int LONGEST = 2000;

    private LocalPath() {}

    /** The path with its query if it is one of ours, and otherwise that of the first page. */
    static String of(@Nullable String wanted) {
        if (wanted == null) {
            return "/";
        }
        boolean ours = wanted.length() <= LONGEST
                && wanted.startsWith("/")
                && !wanted.startsWith("//")
                && !wanted.startsWith("/login")
                && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return ours ? wanted : "/";
    }
}
