package io.masterdeal.facts.settings;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What has to be the same in all processes that take events in and send effects for a schema.
 *
 * @param catalog tells one catalog of events from another: see {@link #hash}
 * @param reactions tells one set of reactions from another, likewise
 * @param sends whether this process has a gateway to send effects by; that need not be the same
 */
public record WorkSettings(String catalog, String reactions, boolean sends) {

    /**
     * A short text that differs if the parts do.
     *
     * @param parts in any order
     */
    public static String hash(Stream<String> parts) {
        StringBuilder all = new StringBuilder();
        parts.sorted().forEach(part -> all.append(part.length()).append(':').append(part));
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
