package io.masterdeal.contracts.catalog;

import org.jspecify.annotations.Nullable;

/** A type as a catalog file declares it, and where. */
record Declaration(
        String name, @Nullable String objectKind, @Nullable String status, String doc, String file, int line) {
    /** The first part of the name. */
    String domain() {
        return name.substring(0, name.indexOf('.'));
    }
}
