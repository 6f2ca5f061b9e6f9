package io.masterdeal.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may read: rights 0600 and 0700 from the moment they exist. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Creates the folder, and those above it, if absent; sets the rights of an existing one. */
    static Path directory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            Files.setPosixFilePermissions(directory, DIRECTORY);
            return directory;
        }
        return newDirectory(directory);
    }

    /** Creates the folder, and those above it, if absent; leaves the rights of an existing one alone. */
    static Path newDirectory(Path directory) throws IOException {
        return Files.createDirectories(directory, attribute(DIRECTORY));
    }

    /** Writes the file completely or not at all. */
    static void write(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, attribute(FILE));
        Files.writeString(partial, text, StandardCharsets.UTF_8);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(Set<PosixFilePermission> rights) {
        return PosixFilePermissions.asFileAttribute(rights);
    }
}
