package io.masterdeal.sbom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the SBOM of all that is delivered. Run by the build, and not delivered. */
public final class SbomWriter {
    private SbomWriter() {}

    /**
     * Runs it.
     *
     * @param arguments the SBOM of the application, the folder in which {@code local/} lays out what it starts, and the file to
     *     write
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("three paths are expected: the application's SBOM, the infrastructure's"
                    + " folder, and the file to write");
        }
        write(Path.of(arguments[0]), new Infrastructure(Path.of(arguments[1])), Path.of(arguments[2]));
    }

    static void write(Path application, Infrastructure infrastructure, Path target) throws IOException {
        SbomBuilder builder = SbomBuilder.startingWith(application, "application");
        for (Component jar : infrastructure.broker().jars()) {
            builder.add(jar, "kafka", builder.root());
        }
        Coordinate registry = infrastructure.unpackedFrom("registry");
        builder.add(infrastructure.registry().application(registry), "registry", builder.root());
        for (Component jar : infrastructure.registry().jars()) {
            builder.add(jar, "registry", registry.url());
        }
        builder.add(new Component(infrastructure.unpackedFrom("postgresql"), null), "postgresql", builder.root());

        Files.createDirectories(target.toAbsolutePath().getParent());
        builder.write(target);
    }
}
