package io.masterdeal.sbom;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The broker's jars, and the list of their artifacts as Maven prints it: one line each, {@code group:artifact:type:version:scope},
 * with the classifier before the version if there is one, and more words after it.
 */
record BrokerJars(Path root) {
    private static final String LIST = "artifacts.txt";
    private static final Pattern LINE =
            Pattern.compile("\\s+([^:\\s]+):([^:\\s]+):([^:\\s]+):(?:([^:\\s]+):)?([^:\\s]+):provided\\b.*");

    /** The artifacts of the list. Every artifact must have its jar and every jar its artifact: otherwise the build differs from the list. */
    List<Component> jars() throws IOException {
        SortedSet<String> unlisted = files();
        List<Component> jars = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve(LIST))) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String classifier = matcher.group(4) == null ? "" : matcher.group(4);
                Coordinate coordinate = new Coordinate(
                        matcher.group(1), matcher.group(2), classifier, matcher.group(3), matcher.group(5));
                jars.add(new Component(coordinate, root.resolve("jars").resolve(coordinate.fileName())));
                if (!unlisted.remove(coordinate.fileName())) {
                    throw wrong(LIST + " names " + coordinate.fileName() + ", and the folder jars has no such file.");
                }
            }
        }
        if (!unlisted.isEmpty()) {
            throw wrong("The folder jars has " + unlisted + ", and " + LIST + " does not name it.");
        }
        return jars;
    }

    private SortedSet<String> files() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve("jars"))) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    private IllegalStateException wrong(String what) {
        return new IllegalStateException(
                "In " + root + ": " + what + " Delete the folder target of local/ and build again.");
    }
}
