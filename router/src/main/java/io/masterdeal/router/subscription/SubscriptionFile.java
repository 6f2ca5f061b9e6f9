package io.masterdeal.router.subscription;

import io.masterdeal.router.subscription.InvalidSubscriptionException.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads subscriptions from YAML: a document with one list, {@code subscriptions}. */
public final class SubscriptionFile {

    private SubscriptionFile() {}

    /**
     * Reads a file.
     *
     * @return the documents of its subscriptions, not checked yet
     * @throws IOException if it cannot be read
     * @throws InvalidSubscriptionException if it is not YAML, or has no such list
     */
    public static List<JsonNode> read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads text.
     *
     * @param name the name of the text in messages
     */
    public static List<JsonNode> parse(String yaml, String name) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        JsonNode json;
        try {
            Object tree = new Yaml(new SafeConstructor(options)).load(yaml);
            json = JsonMapper.shared().valueToTree(tree);
        } catch (YAMLException e) {
            throw wrong(name, "is no YAML: " + e.getMessage());
        }
        JsonNode list = json.path("subscriptions");
        if (!list.isArray() || json.size() != 1) {
            throw wrong(name, "must have a list 'subscriptions', and nothing else");
        }
        List<JsonNode> definitions = new ArrayList<>();
        list.forEach(definitions::add);
        return definitions;
    }

    private static InvalidSubscriptionException wrong(String name, String detail) {
        return new InvalidSubscriptionException(List.of(new Violation(name, detail)));
    }
}
