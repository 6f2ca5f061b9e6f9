package io.masterdeal.router.delivery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that sign requests: a file {@code NAME.whsec} for each subscription, which only its owner can read. It is
 * generated when it is first needed. A second line is another secret that is used to sign too, during a key rotation.
 */
public final class SigningSecrets {

    private static final int BYTES = 32;

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path directory;

    private final SecureRandom random = new SecureRandom();

    /**
     * @param directory where the files lie; created with rights 0700 if absent
     */
    public SigningSecrets(Path directory) {
        this.directory = directory;
    }

    /**
     * The secrets of a subscription, the current one first.
     *
     * @throws IllegalStateException if its file cannot be read or written, can be read by others, or contains something else
     */
    public List<String> of(String subscription) {
        Path file = directory.resolve(subscription + ".whsec");
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalStateException(
                        file + " can be read by others than its owner: 'chmod 600' it, or delete it"
                                + " and let it be generated again");
            }
            List<String> secrets =
                    Files.readString(file).lines().map(String::strip).toList();
            for (String secret : secrets) {
                check(file, secret);
            }
            return secrets;
        } catch (IOException e) {
            throw new IllegalStateException("the signing secret " + file + " cannot be read or created: " + e, e);
        }
    }

    private static void check(Path file, String secret) {
        try {
            if (secret.startsWith(WebhookSignature.PREFIX)
                    && Base64.getDecoder().decode(secret.substring(WebhookSignature.PREFIX.length())).length >= 24) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " holds no secret: what follows whsec_ is not base64", e);
        }
        throw new IllegalStateException(file + " holds no secret: a line is whsec_ and base64 of 24 bytes or more");
    }

    private void generate(Path file) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        String secret = WebhookSignature.PREFIX + Base64.getEncoder().encodeToString(key) + "\n";
        Path draft = Files.createTempFile(directory, "draft", "", PosixFilePermissions.asFileAttribute(OWNER));
        try {
            Files.writeString(draft, secret, StandardOpenOption.SYNC, StandardOpenOption.TRUNCATE_EXISTING);
            Files.createLink(file, draft); // Atomic, and never replaces the file of another process that was faster.
        } catch (FileAlreadyExistsException _) {
            return; // The other file is used.
        } finally {
            Files.delete(draft);
        }
    }
}
