package io.masterdeal.effects;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.effects.Reaction.Request;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.rulesets.yaml.YamlDocument;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads reactions from YAML: the bundled ones, or those of a file. */
final class ReactionFile {

    static final String BUNDLED = "bundled";

    static final String NONE = "none";

    private static final String RESOURCE = "/masterdeal/reactions.yaml";

    private static final Duration USUAL_MAX_AGE = Duration.ofHours(24);

    private static final Duration LONGEST_MAX_AGE = Duration.ofDays(3650);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private static final int LONGEST_PATH = 200;

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    private final EventCatalog catalog;

    private ReactionFile(EventCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Reads reactions.
     *
     * @param nameOrFile {@link #BUNDLED}, {@link #NONE}, or the path of a YAML file
     * @param catalog the types of events and the domains there are
     * @throws InvalidReactionsException if they are invalid; says file, line and reason
     */
    static List<Reaction> load(String nameOrFile, EventCatalog catalog) {
        return switch (nameOrFile) {
            case NONE -> List.of();
            case BUNDLED -> parse("reactions.yaml", bundled(), catalog);
            default -> parse(nameOrFile, text(Path.of(nameOrFile)), catalog);
        };
    }

    private static String bundled() {
        try (InputStream stream = ReactionFile.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the distribution lacks " + RESOURCE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidReactionsException("cannot read " + RESOURCE, e);
        }
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidReactionsException(
                    file.toString(), 1, "there is no such file; '" + BUNDLED + "' and '" + NONE + "' need none");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidReactionsException("cannot read the reactions " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads reactions.
     *
     * @param file what to call the text in errors
     * @param yaml the text
     */
    static List<Reaction> parse(String file, String yaml, EventCatalog catalog) {
        Part document = YamlDocument.parse(file, yaml, InvalidReactionsException::new);
        Map<String, Part> fields = document.fields(Set.of("reactions"));
        ReactionFile reader = new ReactionFile(catalog);
        List<Reaction> reactions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Part part : document.field(fields, "reactions").items()) {
            Reaction reaction = reader.reaction(part);
            if (!names.add(reaction.name())) {
                throw part.wrong("there is a reaction '" + reaction.name() + "' already");
            }
            reactions.add(reaction);
        }
        return List.copyOf(reactions);
    }

    private Reaction reaction(Part part) {
        Map<String, Part> fields = part.fields(Set.of("name", "events", "max-age", "unless", "request"));
        Part name = part.field(fields, "name");
        if (!NAME.matcher(name.text()).matches()) {
            throw name.wrong("a name is up to 63 lower-case letters, digits and hyphens, a letter first, not '"
                    + name.text() + "'");
        }
        Part events = part.field(fields, "events");
        Set<String> types = new HashSet<>();
        events.items().forEach(item -> types.add(type(item)));
        if (types.isEmpty()) {
            throw events.wrong("at least one type of event is expected here");
        }
        Part maxAge = fields.get("max-age");
        Part unless = fields.get("unless");
        return new Reaction(
                name.text(),
                Set.copyOf(types),
                maxAge == null ? USUAL_MAX_AGE : duration(maxAge),
                unless == null ? null : live(unless),
                request(part.field(fields, "request")));
    }

    private String type(Part part) {
        @Nullable EventType type = catalog.type(part.text());
        if (type == null || !type.ofDomain()) {
            throw part.wrong("no domain has events of the type '" + part.text() + "'");
        }
        if (type.retraction()) {
            throw part.wrong("'" + part.text() + "' takes facts back and is none; nothing can follow from it");
        }
        return type.name();
    }

    private static Duration duration(Part part) {
        try {
            Duration duration = Duration.parse(part.text());
            if (duration.isPositive() && duration.compareTo(LONGEST_MAX_AGE) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException _) {
            // Told below.
        }
        throw part.wrong(
                "a duration such as PT24H or P7D, ten years at most, is expected here, not '" + part.text() + "'");
    }

    private ObjectKind live(Part part) {
        Map<String, Part> fields = part.fields(Set.of("live"));
        Part live = part.field(fields, "live");
        ObjectKind kind = live.kind();
        if (catalog.types().stream().noneMatch(type -> kind.toString().equals(type.objectKind()))) {
            throw live.wrong("no event is about objects of the kind '" + kind + "'");
        }
        return kind;
    }

    private Request request(Part part) {
        Map<String, Part> fields = part.fields(Set.of("system", "method", "path"));
        Part system = part.field(fields, "system");
        if (!catalog.domains().contains(system.text())) {
            throw system.wrong("'" + system.text() + "' is no domain; known are " + catalog.domains());
        }
        Part method = part.field(fields, "method");
        if (!METHODS.contains(method.text())) {
            throw method.wrong("a method is one of POST, PUT, PATCH, not '" + method.text() + "'");
        }
        Part path = part.field(fields, "path");
        if (path.text().length() > LONGEST_PATH || !PATH.matcher(path.text()).matches()) {
            throw path.wrong("a path within the system is expected here, such as /api/mediaplan/request");
        }
        return new Request(system.text(), method.text(), path.text());
    }
}
