package io.masterdeal.contracts.apikey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The accepted API keys and their principals.
 *
 * <p>A principal (a domain such as {@code crm}, {@code reader}, {@code operator}) has one key, in the file {@code NAME.key}
 * of a directory. Only SHA-256 hashes are kept in memory: keys have 256 random bits, so neither salt nor a slow hash
 * would add security. To replace a key, delete its file, let it be generated again and restart the server. Immutable.
 */
public final class ApiKeys {
    /** Valid names of principals, which are also file names. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final String SCHEME = "Bearer ";

    /** Hexadecimal digits of a SHA-256. */
    private static final int HASH_LENGTH = 64;

    private final Map<String, byte[]> hashes;

    private ApiKeys(Map<String, byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Ensures that each of the given principals has a key, and loads all keys of the directory.
     *
     * <p>Existing keys are never changed, even when several processes generate at once. A key is {@code md_NAME_} and 256
     * random bits in base64url (RFC 4648, section 5).
     *
     * @param directory created with permissions 0700 if absent
     * @param names principals: lower-case letters, digits and hyphens, a letter first
     * @return all keys of the directory
     * @throws IllegalArgumentException if a name is invalid
     * @throws ApiKeyException if a file cannot be written, or {@link #load} refuses one
     */
    public static ApiKeys generate(Path directory, Collection<String> names) {
        names.forEach(ApiKeys::checkName);
        KeyFiles.create(directory);
        names.forEach(name -> KeyFiles.generate(directory, name));
        return load(directory);
    }

    /**
     * Loads all files {@code *.key} of a directory.
     *
     * @param directory an existing directory
     * @return its keys, at least one
     * @throws ApiKeyException if there is none, a file can be read by anyone but its owner, or does not hold a key
     */
    public static ApiKeys load(Path directory) {
        var hashes = new TreeMap<String, byte[]>();
        for (Path file : KeyFiles.list(directory)) {
            String name = KeyFiles.name(file);
            byte[] hash = sha256(KeyFiles.read(file));
            hashes.forEach((other, known) -> {
                if (MessageDigest.isEqual(known, hash)) {
                    throw new ApiKeyException(file + " has the same key as " + other + KeyFiles.SUFFIX
                            + ": delete one of them and let it be generated again");
                }
            });
            hashes.put(name, hash);
        }
        if (hashes.isEmpty()) {
            throw new ApiKeyException("there are no API keys (*" + KeyFiles.SUFFIX + ") in " + directory);
        }
        return new ApiKeys(new LinkedHashMap<>(hashes));
    }

    /**
     * Reads one key, for a client that has to send it.
     *
     * @param directory the directory of the keys
     * @param name the principal
     * @return its key, secret
     * @throws IllegalArgumentException if the name is invalid
     * @throws ApiKeyException if there is no such key, its file can be read by anyone but its owner, or does not hold a key
     */
    public static String read(Path directory, String name) {
        checkName(name);
        return KeyFiles.read(directory.resolve(name + KeyFiles.SUFFIX));
    }

    /**
     * Reads one key from any file: for a client that was given a copy of its key.
     *
     * @param file one line
     * @return the key, secret
     * @throws ApiKeyException if there is no such file, it can be read by others than its owner, or does not hold a key
     */
    public static String read(Path file) {
        return KeyFiles.read(file);
    }

    /**
     * Finds the principal of the key in a request (RFC 6750, section 2.1). Compares in constant time.
     *
     * @param authorizationHeader value of the header {@code Authorization}; null if there is none
     * @return the principal; empty if there is no header, it has another scheme, or the key is unknown
     */
    public Optional<String> principal(@Nullable String authorizationHeader) {
        if (authorizationHeader == null
                || authorizationHeader.length() > SCHEME.length() + KeyFiles.MAX_LENGTH
                || !authorizationHeader.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return principalOf(sha256(authorizationHeader.substring(SCHEME.length()).strip()));
    }

    /**
     * Finds the principal of a key of which only the hash is known. Compares in constant time.
     *
     * @param hash as {@link #hash} makes it
     * @return the principal; empty if the key is unknown, or this is no hash
     */
    public Optional<String> principalOfHash(String hash) {
        return hash.length() == HASH_LENGTH && hash.chars().allMatch(HexFormat::isHexDigit)
                ? principalOf(HexFormat.of().parseHex(hash))
                : Optional.empty();
    }

    /** The SHA-256 of a key in hexadecimal digits: what may be kept where the key itself may not. */
    public static String hash(String key) {
        return HexFormat.of().formatHex(sha256(key));
    }

    private Optional<String> principalOf(byte[] presented) {
        String found = null;
        for (Map.Entry<String, byte[]> known : hashes.entrySet()) {
            if (MessageDigest.isEqual(known.getValue(), presented)) {
                found = known.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * The principals that have a key.
     *
     * @return the principals, sorted
     */
    public Set<String> principals() {
        return Collections.unmodifiableSet(hashes.keySet());
    }

    /** Contains the principals, never a key. */
    @Override
    public String toString() {
        return "ApiKeys" + hashes.keySet();
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" cannot name a principal: use lower-case letters, digits and hyphens, a letter first");
        }
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
