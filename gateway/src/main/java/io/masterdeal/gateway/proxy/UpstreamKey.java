package io.masterdeal.gateway.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the key for a system: ours, or a token that someone else has issued, so in any valid form. */
final class UpstreamKey {
    private static final int MAX_BYTES = 16 * 1024;

    /** RFC 6750, section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private UpstreamKey() {}

    /**
     * Reads it.
     *
     * @param setting the setting that names the file
     * @throws IllegalStateException if there is no such file, others can read it, or it does not hold a token
     */
    static String read(String setting, String name) {
        try {
            Path file = Path.of(name);
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
                throw new IllegalStateException(setting + ": " + file
                        + " can be read or changed by others than its owner: \"chmod 600 " + file + "\"");
            }
            String key;
            try (InputStream in = Files.newInputStream(file)) {
                key = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
            }
            if (!TOKEN.matcher(key).matches()) {
                throw new IllegalStateException(setting + ": " + file
                        + " does not hold a bearer token, one line of letters, digits and . _ ~ + / -");
            }
            return key;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(setting + ": " + name + " cannot be read: " + e, e);
        }
    }
}
