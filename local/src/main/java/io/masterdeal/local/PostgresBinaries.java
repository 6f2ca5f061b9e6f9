package io.masterdeal.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once per user and archive: below {@code $XDG_CACHE_HOME} or {@code ~/.cache}, or in the data
 * directory where that cannot be written.
 */
final class PostgresBinaries {
    /** A file lock does not exclude two threads of one process. */
    private static final Object IN_THIS_PROCESS = new Object();

    private PostgresBinaries() {}

    /** The folder that has {@code bin/postgres}; unpacked now if necessary. Several processes may ask at once. */
    static Path unpacked(StartContext context) throws IOException {
        Path archive = context.files().postgresArchive();
        Path cache = cache(context.data());
        Path target = cache.resolve("postgresql-" + digest(archive));
        synchronized (IN_THIS_PROCESS) {
            if (Files.isDirectory(target)) {
                return target;
            }
            try (FileChannel lock =
                    FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!Files.isDirectory(target)) {
                    context.progress().accept("unpacking PostgreSQL into " + target + " ...");
                    Path partial = cache.resolve(target.getFileName() + ".partial");
                    Trees.delete(partial);
                    unpack(archive, OwnerOnly.newDirectory(partial));
                    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return target;
        }
    }

    private static Path cache(DataDirectory data) throws IOException {
        String named = System.getenv("XDG_CACHE_HOME");
        Path base =
                named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        Path cache = base.resolve("masterdeal");
        try {
            OwnerOnly.directory(cache);
            if (Files.isWritable(cache)) {
                return cache;
            }
        } catch (IOException e) {
            // A home that is read-only or missing is no reason to fail: the data directory will do.
        }
        return OwnerOnly.directory(data.root().resolve("cache"));
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(
                            "the archive " + archive + " has an entry outside itself: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(path.resolveSibling("."));
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(path.resolveSibling("."));
            Files.copy(tar, path);
            boolean program = (entry.getMode() & 0100) != 0;
            if (program && !path.toFile().setExecutable(true, true)) {
                throw new IOException(path + " cannot be made executable");
            }
        }
    }

    private static String digest(Path archive) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(archive), sha256)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
