package io.masterdeal.advisories;

import java.time.LocalDate;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.VersionRange;

/**
 * Holes in some versions of a component.
 *
 * @param line where it stands in the file
 * @param ids what the holes are called
 * @param component {@code group:artifact}; see {@link Delivered#is}
 * @param affected the versions, as Maven writes ranges
 * @param source where we know it from
 * @param date when it was published
 * @param note what else is to be known; may be empty
 */
record Advisory(
        int line,
        List<String> ids,
        String component,
        VersionRange affected,
        String source,
        LocalDate date,
        String note) {

    boolean affects(Delivered delivered) {
        return delivered.is(component) && affected.containsVersion(new DefaultArtifactVersion(delivered.version()));
    }
}
