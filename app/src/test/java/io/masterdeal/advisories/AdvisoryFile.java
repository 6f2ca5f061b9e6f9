package io.masterdeal.advisories;

import io.masterdeal.rulesets.yaml.YamlDocument;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** What we know of holes, and which of them we accept for a time. CONTRIBUTING.md tells how to write the file. */
record AdvisoryFile(String name, List<Advisory> advisories, List<Exemption> exemptions) {
    private static final Pattern ID =
            Pattern.compile("CVE-\\d{4}-\\d{4,}|GHSA(-[0-9a-z]{4}){3}|(EOL|RELEASE)-[0-9A-Za-z.-]+");
    private static final Pattern COMPONENT = Pattern.compile("[^:\\s*]+:[^:\\s*]+\\*?");

    static AdvisoryFile read(String name, Path file) throws IOException {
        return parse(name, Files.readString(file));
    }

    /**
     * Reads the file.
     *
     * @param name what to call it in errors
     * @throws IllegalArgumentException with the line, what is wrong there and how to mend it
     */
    static AdvisoryFile parse(String name, String yaml) {
        Part root = YamlDocument.parse(
                name, yaml, (file, line, reason) -> new IllegalArgumentException(file + ":" + line + ": " + reason));
        Map<String, Part> fields = root.fields(Set.of("advisories", "exceptions"));
        return new AdvisoryFile(
                name,
                root.field(fields, "advisories").items().stream()
                        .map(AdvisoryFile::advisory)
                        .toList(),
                root.field(fields, "exceptions").items().stream()
                        .map(AdvisoryFile::exemption)
                        .toList());
    }

    private static Advisory advisory(Part part) {
        Map<String, Part> fields = part.fields(Set.of("ids", "component", "affected", "source", "date", "note"));
        List<String> ids = ids(part, fields);
        Part affected = fields.get("affected");
        if (affected == null) {
            throw part.wrong(
                    ids + " does not say which versions are affected. Add them as a range of Maven's, for example"
                            + " affected: \"[2.0,2.21.5)\" if 2.21.5 is the first without the hole");
        }
        return new Advisory(
                line(part),
                ids,
                component(part, fields),
                range(affected),
                part.field(fields, "source").text(),
                date(part.field(fields, "date")),
                fields.containsKey("note") ? part.field(fields, "note").text() : "");
    }

    private static Exemption exemption(Part part) {
        Map<String, Part> fields = part.fields(Set.of("ids", "component", "version", "until", "reason"));
        List<String> ids = ids(part, fields);
        if (!fields.containsKey("until")) {
            throw part.wrong("the exception for " + ids + " has no end. Add until: and the day on which to judge anew");
        }
        return new Exemption(
                line(part),
                ids,
                component(part, fields),
                part.field(fields, "version").text(),
                date(part.field(fields, "until")),
                part.field(fields, "reason").text());
    }

    private static List<String> ids(Part part, Map<String, Part> fields) {
        Part ids = part.field(fields, "ids");
        for (Part id : ids.items()) {
            if (!ID.matcher(id.text()).matches()) {
                throw id.wrong("'" + id.text()
                        + "' names no hole. Write CVE-2026-12345, GHSA-xxxx-xxxx-xxxx, EOL-name for what"
                        + " is maintained no longer, or RELEASE-name for a release that mends holes without a number");
            }
        }
        if (ids.items().isEmpty()) {
            throw ids.wrong("at least one hole is to be named here");
        }
        return ids.texts();
    }

    private static String component(Part part, Map<String, Part> fields) {
        Part component = part.field(fields, "component");
        if (!COMPONENT.matcher(component.text()).matches()) {
            throw component.wrong("'" + component.text()
                    + "' is no component. Write group:artifact, or group:begin* for all" + " artifacts that begin so");
        }
        return component.text();
    }

    private static VersionRange range(Part part) {
        try {
            VersionRange range = VersionRange.createFromVersionSpec(part.text());
            if (!range.hasRestrictions()) {
                throw part.wrong(
                        "'" + part.text() + "' is one version and no range, which Maven takes for a wish. Write ["
                                + part.text() + "] if only that is affected");
            }
            return range;
        } catch (InvalidVersionSpecificationException e) {
            throw part.wrong("'" + part.text() + "' is no range of versions (" + e.getMessage()
                    + "). Write it as Maven does, for example \"[2.0,2.18.9),[2.19.0,2.21.5)\"");
        }
    }

    private static LocalDate date(Part part) {
        try {
            return LocalDate.parse(part.text());
        } catch (DateTimeParseException e) {
            throw part.wrong("'" + part.text() + "' is no date. Write it as 2026-11-30");
        }
    }

    private static int line(Part part) {
        return part.node().getStartMark().getLine() + 1;
    }
}
