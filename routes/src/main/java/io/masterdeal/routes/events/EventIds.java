package io.masterdeal.routes.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ids for events without one: UUIDs of version 5 (RFC 9562, section 5.5) of the route, the source and the content. So an item that is
 * read twice gets the same id, and is recognised as one event.
 */
final class EventIds {

    private static final UUID NAMESPACE = UUID.fromString("6f0b6c0e-55c1-5d0e-9a3a-4b7c5f6f2a11");

    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private static final int LENGTH = 16;

    private EventIds() {}

    /**
     * The id of an event.
     *
     * @param route id of the route
     * @param event without an id; the order of its members does not matter
     */
    static UUID of(String route, ObjectNode event) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(LENGTH)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            String name = route + "\n" + event.path("source").asString("") + "\n" + SORTED.writeValueAsString(event);
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
            hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
            ByteBuffer bits = ByteBuffer.wrap(hash);
            return new UUID(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
