package io.masterdeal.app.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a platform, for commands that use it.
 *
 * @param gateway the gateway, or null if it does not run there
 * @param service the service, or null if it does not run there
 * @param router the event router, or null if it does not run there
 * @param console the pages for people, or null if they do not run there
 * @param sandbox the simulated systems, or null if they do not run there
 * @param apiKeys the directory with the keys
 */
public record PlatformAddresses(
        @Nullable URI gateway,
        @Nullable URI service,
        @Nullable URI router,
        @Nullable URI console,
        @Nullable URI sandbox,
        Path apiKeys) {

    private static Path file(Path data) {
        return data.resolve("run").resolve("platform.properties");
    }

    /**
     * Writes the addresses to the file that commands read.
     *
     * @param data the platform's data directory
     */
    void write(Path data) throws IOException {
        Properties properties = new Properties();
        if (gateway != null) {
            properties.setProperty("gateway", gateway.toString());
        }
        if (service != null) {
            properties.setProperty("service", service.toString());
        }
        if (router != null) {
            properties.setProperty("router", router.toString());
        }
        if (console != null) {
            properties.setProperty("console", console.toString());
        }
        if (sandbox != null) {
            properties.setProperty("sandbox", sandbox.toString());
        }
        properties.setProperty("api-keys", apiKeys.toString());
        StringWriter text = new StringWriter();
        properties.store(text, "where this platform is; written at its start");
        Path file = file(data);
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(
                file.getParent(),
                "platform",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(Path data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    /**
     * Reads the addresses of a running platform.
     *
     * @param data its data directory
     * @throws PlatformException if none runs there
     */
    public static PlatformAddresses read(Path data) {
        Path file = file(data);
        if (!Files.isRegularFile(file)) {
            throw new PlatformException("no platform runs with data directory " + data
                    + ". Start one with './masterdeal up', or name its directory with --data.");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new PlatformException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new PlatformAddresses(
                uri(properties.getProperty("gateway")),
                uri(properties.getProperty("service")),
                uri(properties.getProperty("router")),
                uri(properties.getProperty("console")),
                uri(properties.getProperty("sandbox")),
                Path.of(properties.getProperty(
                        "api-keys", data.resolve("secrets/api-keys").toString())));
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }
}
