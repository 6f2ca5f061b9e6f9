package io.masterdeal.console.login;

import io.masterdeal.console.access.Right;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One-time links. Each lets one person in, within five minutes; PostgreSQL keeps only a hash, and its clock counts. Thread-safe. */
final class LoginLinks {

    /** How many may wait to be used. */
    static final int MOST = 100;

    private static final int RANDOM_BYTES = 16;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    LoginLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A link that was made.
     *
     * @param token the secret part, in base64url
     * @param expiresAt when it is no longer good
     */
    record Made(String token, Instant expiresAt) {}

    /**
     * Makes one.
     *
     * @param right viewer or operator
     * @return null if too many wait to be used
     * @throws IllegalArgumentException if it is another right
     */
    @Nullable
    Made make(Right right) {
        if (right == Right.ADMIN) {
            throw new IllegalArgumentException("a link never gives the right of an administrator");
        }
        jdbc.sql("DELETE FROM login_links WHERE expires_at <= now()").update();
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return jdbc.sql("""
                        INSERT INTO login_links (token_hash, granted, expires_at)
                        SELECT ?, ?, now() + interval '5 minutes'
                        WHERE (SELECT count(*) FROM login_links) < ?
                        RETURNING expires_at
                        """)
                .params(sha256(token), right.tag(), MOST)
                .query(OffsetDateTime.class)
                .optional()
                .map(at -> new Made(token, at.toInstant()))
                .orElse(null);
    }

    /** Uses one up; null if there is none, it was used, or its time is over. */
    @Nullable
    Right use(String token) {
        return jdbc.sql("DELETE FROM login_links WHERE token_hash = ? AND expires_at > now() RETURNING granted")
                .param(sha256(token))
                .query(String.class)
                .optional()
                .map(Right::of)
                .orElse(null);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
