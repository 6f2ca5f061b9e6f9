package io.masterdeal.sbom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the SBOM of all that is delivered. The build runs it; it is delivered to nobody. */
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
        Bill bill = Bill.startingWith(application, "application");
        for (Component jar : infrastructure.broker().jars()) {
            bill.add(jar, "kafka", bill.root());
        }
        Coordinate registry = infrastructure.unpackedFrom("registry");
        bill.add(infrastructure.registry().application(registry), "registry", bill.root());
        for (Component jar : infrastructure.registry().jars()) {
            bill.add(jar, "registry", registry.url());
        }
        bill.add(new Component(infrastructure.unpackedFrom("postgresql"), null), "postgresql", bill.root());

        Files.createDirectories(target.toAbsolutePath().getParent());
        bill.write(target);
    }
}
