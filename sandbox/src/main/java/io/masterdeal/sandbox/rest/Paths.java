package io.masterdeal.sandbox.rest;

/** Parts of request paths. */
final class Paths {
    private Paths() {}

    /** What stands between the first slash and the second. */
    static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    }
}
