package io.masterdeal.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.TreeMap;

/**
 * Where Maven finds an artifact.
 *
 * @param classifier empty if it has none
 */
record Coordinate(String group, String artifact, String classifier, String type, String version) {

    /** Reads {@code group:artifact:classifier:type:version}; the classifier may be empty. */
    static Coordinate parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no coordinate: group:artifact:classifier:type:version is expected");
        }
        return new Coordinate(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    Coordinate withVersion(String other) {
        return new Coordinate(group, artifact, classifier, type, other);
    }

    /** The file name that Maven uses. */
    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
    }

    /** The package URL, in the form of the CycloneDX Maven plugin. */
    String url() {
        TreeMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("type", type);
        if (!classifier.isEmpty()) {
            qualifiers.put("classifier", classifier);
        }
        try {
            return new PackageURL(PackageURL.StandardTypes.MAVEN, group, artifact, version, qualifiers, null)
                    .canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException("no package URL can be made of " + this, e);
        }
    }
}
