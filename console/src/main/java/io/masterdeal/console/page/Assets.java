package io.masterdeal.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that pages load. Their addresses carry a hash of the content, {@code /assets/HASH/NAME}, so that browsers may keep them for a
 * year and a new version is loaded at once.
 */
public final class Assets {

    private static final String OURS = "/masterdeal/console/assets/";

    /** Files of libraries, by the name that pages use. */
    private static final Map<String, String> OF_LIBRARIES =
            Map.of("htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");

    private static final Map<String, Asset> LOADED = new ConcurrentHashMap<>();

    private Assets() {}

    /** A file that pages load. */
    static final class Asset {
        private final String hash;
        private final byte[] bytes;

        private Asset(String hash, byte[] bytes) {
            this.hash = hash;
            this.bytes = bytes;
        }

        /** Of its content. */
        String hash() {
            return hash;
        }

        /** Its content. */
        byte[] bytes() {
            return bytes.clone();
        }
    }

    /**
     * The address of a file, for templates.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public static String url(String name) {
        Asset asset = find(name);
        if (asset == null) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return "/assets/" + asset.hash() + "/" + name;
    }

    /** A file by its name; null if there is none. */
    static @Nullable Asset find(String name) {
        Asset known = LOADED.get(name);
        if (known != null) {
            return known;
        }
        if (name.contains("..") || name.startsWith("/")) {
            return null;
        }
        Asset loaded = load(OF_LIBRARIES.getOrDefault(name, OURS + name));
        if (loaded != null) {
            LOADED.put(name, loaded);
        }
        return loaded;
    }

    private static @Nullable Asset load(String path) {
        try (InputStream in = Assets.class.getResourceAsStream(path)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(HexFormat.of().formatHex(hash, 0, 8), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
