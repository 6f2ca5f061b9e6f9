package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.system.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks signatures of Standard Webhooks 1.0: HMAC-SHA256 over {@code id.timestamp.body}, in {@code webhook-signature} any number of
 * {@code v1,BASE64} separated by blanks. A secret is {@code whsec_} and base64, one a line of a file {@code NAME.whsec}.
 */
final class SignatureCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);

    /** Requests older or newer than this are refused as replays. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private static final String SECRET = "whsec_";

    private static final String VERSION = "v1,";

    private final @Nullable Path secrets;

    private final Clock clock;

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    /**
     * @param secrets directory of the files; null to refuse all signatures
     */
    SignatureCheck(@Nullable Path secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * The signature headers of a request; null where absent.
     *
     * @param id {@code webhook-id}
     * @param timestamp {@code webhook-timestamp}, seconds since 1970 UTC
     * @param signatures {@code webhook-signature}
     */
    record Signed(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures) {}

    /**
     * Checks a request.
     *
     * @param subscription the subscription whose secret must have signed it
     * @return its id
     * @throws Refusal 401 if it is not signed with the secret, or its timestamp is too far in the past or future
     */
    String check(String subscription, Signed signed, byte[] body) {
        String id = signed.id();
        String timestamp = signed.timestamp();
        String signatures = signed.signatures();
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\d{1,12}")) {
            throw Refusal.unsigned("Sign the request: webhook-id, webhook-timestamp and webhook-signature are needed.");
        }
        long off = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (off > TOLERANCE.toSeconds()) {
            throw Refusal.unsigned("The timestamp is " + off + " s off; " + TOLERANCE.toSeconds() + " s are allowed.");
        }
        byte[] content = content(id, timestamp, body);
        // The secret may have been replaced since the file was read.
        if (!matches(known.getOrDefault(subscription, List.of()), content, signatures)
                && !matches(read(subscription), content, signatures)) {
            throw Refusal.unsigned("No signature is valid for this subscription's secret.");
        }
        return id;
    }

    private static byte[] content(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return content;
    }

    private List<String> read(String subscription) {
        if (secrets == null) {
            return List.of();
        }
        Path file = secrets.resolve(subscription + ".whsec");
        try {
            List<String> read = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(SECRET))
                    .toList();
            known.put(subscription, read);
            return read;
        } catch (IOException e) {
            LOG.warn(
                    "No delivery of the subscription {} can be verified without its secret: {}",
                    subscription,
                    e.toString());
            return List.of();
        }
    }

    private static boolean matches(List<String> secrets, byte[] content, String signatures) {
        for (String secret : secrets) {
            byte[] right = sign(secret, content);
            for (String given : signatures.split(" ", -1)) {
                if (given.startsWith(VERSION) && MessageDigest.isEqual(right, decode(given))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] decode(String given) {
        try {
            return Base64.getDecoder().decode(given.substring(VERSION.length()));
        } catch (IllegalArgumentException _) {
            return new byte[0]; // Matches no signature.
        }
    }

    private static byte[] sign(String secret, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET.length())), ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
