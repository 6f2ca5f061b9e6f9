package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its provenance, which says nothing about the deal.
 *
 * @param statement the fact or retraction
 * @param contentHash SHA-256 of its content, in hexadecimal: with the event id its identity
 * @param provenance where it came from
 */
public record ReceivedStatement(Statement statement, String contentHash, Provenance provenance) {

    /**
     * Where a statement came from.
     *
     * @param source the CloudEvents source
     * @param correlationId common to a chain of events; may be null
     * @param causationId the event that caused it; may be null
     * @param traceparent W3C trace context; may be null
     * @param replayed whether it is replayed
     * @param origin topic, partition and offset: {@code crm.events-2@1234}
     */
    public record Provenance(
            String source,
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String traceparent,
            boolean replayed,
            String origin) {}

    /** A statement with its hash computed. */
    public static ReceivedStatement of(Statement statement, Provenance provenance) {
        return new ReceivedStatement(statement, sha256(statement.content()), provenance);
    }

    Identity identity() {
        return new Identity(statement.eventId(), contentHash);
    }

    boolean isFact() {
        return statement instanceof Fact;
    }

    Fact fact() {
        return (Fact) statement;
    }

    Retraction retraction() {
        return (Retraction) statement;
    }

    /** Id and content: two statements are one if both are the same (ruling 2). */
    record Identity(UUID eventId, String contentHash) {}

    private static String sha256(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has to support SHA-256", e);
        }
    }
}
