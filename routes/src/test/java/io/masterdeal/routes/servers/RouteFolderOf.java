package io.masterdeal.routes.servers;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.RouteEngine;
import io.masterdeal.routes.RouteSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder of routes with places beside it where their files are dropped. */
public final class RouteFolderOf {

    private final Path root;

    private @Nullable Path secrets;

    /**
     * @param root empty
     */
    public RouteFolderOf(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(routes());
    }

    /** Where the routes are. */
    public Path routes() {
        return root.resolve("routes");
    }

    /** Where a route picks its files up. */
    public Path drop() {
        return root.resolve("drop");
    }

    /** Writes a route file, with {@code DROP} replaced by the drop folder. */
    public void write(String name, String yaml) throws IOException {
        Files.writeString(routes().resolve(name), yaml.replace("DROP", drop().toString()));
    }

    /** Deletes a route file. */
    public void delete(String name) throws IOException {
        Files.delete(routes().resolve(name));
    }

    /** Secrets that its owner alone may read. */
    public void secrets(String properties) throws IOException {
        Path file = root.resolve("secrets.properties");
        Files.writeString(file, properties);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        secrets = file;
    }

    /** Drops a file, whole. */
    public void drop(String name, String content) throws IOException {
        drop(name, content, StandardCharsets.UTF_8);
    }

    /** Drops a file, whole, in some encoding. */
    public void drop(String name, String content, Charset charset) throws IOException {
        Files.createDirectories(drop());
        Path fresh = root.resolve(name + ".new");
        Files.writeString(fresh, content, charset);
        Files.move(fresh, drop().resolve(name));
    }

    /** The rejected items of a dropped file. */
    public List<JsonNode> rejected(String name) throws IOException {
        return lines(drop().resolve(".rejected").resolve(name + ".jsonl"));
    }

    /** The rejected items of a route that did not come in a file. */
    public List<JsonNode> rejectedBy(String route) throws IOException {
        return lines(rejected().resolve(route + ".jsonl"));
    }

    /** The directory for rejected items that did not come in a file. */
    public Path rejected() {
        return root.resolve("rejected");
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(JsonMapper.shared()::readTree)
                        .toList()
                : List.of();
    }

    /** Starts the engine without a gateway, for routes that publish nothing. */
    public RouteEngine startAlone() throws IOException {
        RouteEngine engine = RouteEngine.start(
                new RouteSettings(routes(), secrets, URI.create("http://127.0.0.1:9"), root, rejected()),
                EventCatalog.bundled());
        engine.runSources(true);
        return engine;
    }

    /** Starts the engine. */
    public RouteEngine start() throws IOException {
        Infrastructure at = Infrastructure.shared();
        RouteEngine engine = RouteEngine.start(
                new RouteSettings(routes(), secrets, at.gateway(), at.apiKeys(), rejected()), EventCatalog.bundled());
        engine.runSources(true);
        return engine;
    }
}
