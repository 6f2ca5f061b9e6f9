package io.masterdeal.contracts.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Assembles a catalog from files. */
final class CatalogLoader {
    private static final String ROOT = "/masterdeal/";
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final List<CatalogProblem> problems = new ArrayList<>();
    private final Map<String, EventType> types = new TreeMap<>();

    private CatalogLoader() {}

    static EventCatalog bundled() {
        var loader = new CatalogLoader();
        String file = ROOT + "catalog.yaml";
        for (Declaration type : CatalogFile.read(file, resource(file), loader.problems)) {
            String schemaFile = ROOT + "schemas/" + type.name() + ".avsc";
            loader.add(type, SchemaFile.parse(schemaFile, resource(schemaFile), loader.problems));
        }
        return loader.finish();
    }

    static EventCatalog extended(EventCatalog base, Path directory) {
        var loader = new CatalogLoader();
        loader.types.putAll(base.byName());
        var declarations = new ArrayList<Declaration>();
        for (Path file : files(directory, Set.of("yaml", "yml"))) {
            String text = loader.text(file);
            if (text != null) {
                declarations.addAll(CatalogFile.read(file.toString(), text, loader.problems));
            }
        }
        Map<String, Path> schemas = new TreeMap<>();
        for (Path file : files(directory, Set.of("avsc"))) {
            String name = String.valueOf(file.getFileName());
            schemas.put(name.substring(0, name.length() - ".avsc".length()), file);
        }
        var declared = new HashSet<String>();
        for (Declaration type : declarations) {
            declared.add(type.name());
            loader.extend(type, schemas.get(type.name()));
        }
        schemas.forEach((name, file) -> {
            if (!declared.contains(name)) {
                loader.problem(file.toString(), 1, "no catalog file beside it declares a type \"" + name + "\"");
            }
        });
        return loader.finish();
    }

    /** Adds a company's own type. */
    private void extend(Declaration type, @Nullable Path schemaFile) {
        EventType there = types.get(type.name());
        if (there != null) {
            problem(
                    type.file(),
                    type.line(),
                    EventCatalog.bundled().type(type.name()) != null
                            ? type.name() + " is a bundled type and cannot be redefined; give yours another name"
                            : type.name() + " is declared twice");
            return;
        }
        if (!EventCatalog.DOMAINS.contains(type.domain())) {
            problem(type.file(), type.line(), type.name() + " must begin with one of " + EventCatalog.DOMAINS);
            return;
        }
        if (schemaFile == null) {
            add(type, DomainSchema.plain(type.name(), type.doc()));
            return;
        }
        String text = text(schemaFile);
        if (text == null) {
            return;
        }
        Schema schema = SchemaFile.parse(schemaFile.toString(), text, problems);
        if (schema != null) {
            for (String reason : DomainSchema.check(schema)) {
                problem(schemaFile.toString(), 1, reason);
            }
        }
        add(type, schema);
    }

    private void add(Declaration type, @Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        if (!schema.getFullName().equals(type.name())) {
            problem(
                    type.file(),
                    type.line(),
                    type.name() + ": its schema must be a record of that full name, not " + schema.getFullName());
            return;
        }
        types.put(
                type.name(),
                new EventType(
                        type.name(),
                        type.domain(),
                        type.objectKind(),
                        type.status(),
                        schema,
                        type.domain() + ".events"));
    }

    private EventCatalog finish() {
        if (!problems.isEmpty()) {
            throw new InvalidCatalogException(problems);
        }
        return new EventCatalog(types);
    }

    private static List<Path> files(Path directory, Set<String> extensions) {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> extensions.contains(extension(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalog directory " + directory + ": " + e, e);
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private @Nullable String text(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                problem(file.toString(), 1, "is larger than " + MAX_FILE_BYTES + " bytes");
                return null;
            }
            return Files.readString(file);
        } catch (MalformedInputException e) {
            problem(file.toString(), 1, "is no UTF-8 text");
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = CatalogLoader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar of the contracts lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void problem(String file, int line, String reason) {
        problems.add(new CatalogProblem(file, line, reason));
    }
}
