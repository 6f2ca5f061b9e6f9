package io.masterdeal.sbom;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that is delivered.
 *
 * @param file the file as it was published; null if only its content is delivered
 */
record Component(Coordinate coordinate, @Nullable Path file) {}
