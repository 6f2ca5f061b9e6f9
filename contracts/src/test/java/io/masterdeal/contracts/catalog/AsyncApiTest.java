package io.masterdeal.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class AsyncApiTest {
    private static final Path MODULE = Path.of(System.getProperty("masterdeal.home", ".."), "contracts");

    private Map<?, ?> document = Map.of();

    @BeforeEach
    void read() throws IOException {
        document = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(MODULE.resolve("asyncapi.yaml")));
    }

    @Test
    void the_document_lists_every_type_in_the_channel_of_its_topic() {
        var listed = new TreeMap<String, Set<String>>();
        at(document, "channels").forEach((topic, channel) -> {
            assertThat(((Map<?, ?>) channel).get("address")).isEqualTo(topic);
            listed.put((String) topic, strings(at(channel, "messages")));
        });

        var wanted = new TreeMap<String, Set<String>>();
        for (EventType type : EventCatalog.bundled().types()) {
            wanted.computeIfAbsent(type.topic(), topic -> new TreeSet<>()).add(type.name());
        }
        assertThat(listed).as("channels of asyncapi.yaml").isEqualTo(wanted);
    }

    @Test
    void every_message_has_the_schema_of_its_type() {
        Map<?, ?> messages = at(at(document, "components"), "messages");

        assertThat(strings(messages)).isEqualTo(EventCatalog.bundled().byName().keySet());
        messages.forEach((name, message) -> {
            Object schema =
                    at(at(at(messages, (String) name), "payload"), "schema").get("$ref");
            assertThat(MODULE.resolve(String.valueOf(schema)).normalize())
                    .as("schema of " + name)
                    .isEqualTo(MODULE.resolve("src/main/resources/masterdeal/schemas/" + name + ".avsc")
                            .normalize())
                    .exists();
        });
    }

    @Test
    void every_channel_has_an_operation() {
        var channels = new TreeSet<String>();
        at(document, "operations")
                .forEach((name, operation) -> channels.add(
                        String.valueOf(at(operation, "channel").get("$ref")).replace("#/channels/", "")));

        assertThat(channels).isEqualTo(strings(at(document, "channels")));
    }

    private static Map<?, ?> at(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> outer && outer.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static Set<String> strings(Map<?, ?> map) {
        var out = new TreeSet<String>();
        map.keySet().forEach(key -> out.add((String) key));
        return out;
    }
}
