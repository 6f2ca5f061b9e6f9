package io.masterdeal.contracts.apikey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The files with the keys. They have permissions 0600 from their creation, and appear atomically with their content. */
final class KeyFiles {
    static final String SUFFIX = ".key";

    /** The longest accepted key, in characters; generated keys have at most 111. */
    static final int MAX_LENGTH = 512;

    private static final int MIN_LENGTH = 32;
    private static final int RANDOM_BYTES = 32;

    /** The syntax of a bearer token (RFC 6750, section 2.1). */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    static final Set<PosixFilePermission> TO_REPLACE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private KeyFiles() {}

    static void create(Path directory) {
        try {
            Files.createDirectories(directory, rights("rwx------"));
        } catch (IOException e) {
            throw new ApiKeyException("the directory of the API keys " + directory + " cannot be created: " + e, e);
        }
    }

    /** Writes a new key, unless this or another process has already written one. */
    static void generate(Path directory, String name) {
        Path file = directory.resolve(name + SUFFIX);
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key =
                "md_" + name + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path partial = directory.resolve("." + name + "." + UUID.randomUUID() + ".partial");
        try {
            try {
                write(partial, key + "\n");
                // Unlike a move, a link never replaces a key that another process has written meanwhile.
                Files.createLink(file, partial);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster, so its key is used.
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new ApiKeyException("the API key " + file + " cannot be written: " + e, e);
        }
    }

    static void write(Path file, String text) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, rights("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The files with keys, sorted. */
    static List<Path> list(Path directory) {
        var files = new ArrayList<Path>();
        try {
            if (hasAny(directory, TO_REPLACE)) {
                throw new ApiKeyException("users other than the owner can write API keys to " + directory
                        + ": remove that permission with \"chmod 700 " + directory + "\"");
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                stream.forEach(files::add);
            }
        } catch (IOException e) {
            throw new ApiKeyException("the directory of the API keys " + directory + " cannot be read: " + e, e);
        }
        Collections.sort(files);
        return files;
    }

    static String name(Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        if (!ApiKeys.NAME.matcher(name).matches()) {
            throw new ApiKeyException(
                    file + " does not name a principal: use lower-case letters, digits and hyphens, a letter first");
        }
        return name;
    }

    static String read(Path file) {
        try {
            if (hasAny(file, OF_OTHERS)) {
                throw new ApiKeyException(
                        "the API key " + file + " can be read or changed by users other than its owner:"
                                + " delete it and let it be generated again, or, if nobody has read it, \"chmod 600 "
                                + file + "\"");
            }
            String key = start(file).strip();
            if (key.length() < MIN_LENGTH
                    || key.length() > MAX_LENGTH
                    || !KEY.matcher(key).matches()) {
                throw new ApiKeyException(file + " does not hold an API key: one line of " + MIN_LENGTH + " to "
                        + MAX_LENGTH + " letters, digits and . _ ~ + / - is expected."
                        + " Delete the file and let it be generated again");
            }
            return key;
        } catch (NoSuchFileException e) {
            throw new ApiKeyException("there is no API key " + file, e);
        } catch (IOException e) {
            throw new ApiKeyException("the API key " + file + " cannot be read: " + e, e);
        }
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2 * MAX_LENGTH), StandardCharsets.US_ASCII);
        }
    }

    static boolean hasAny(Path path, Set<PosixFilePermission> rights) throws IOException {
        return !Collections.disjoint(Files.getPosixFilePermissions(path), rights);
    }

    private static FileAttribute<Set<PosixFilePermission>> rights(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
