package io.masterdeal.router.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard Webhooks' own library accepts our signatures. */
class WebhookSignatureTest {

    private static final String BODY = "{\"тип\": \"договор\"}";

    @TempDir
    private Path folder;

    /** The example of the specification, section "Signature scheme". */
    @Test
    void the_signature_equals_that_of_the_specification() {
        String signature = WebhookSignature.of(
                List.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1_649_367_553L,
                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    @Test
    void the_library_of_standard_webhooks_for_node_verifies_it() throws Exception {
        assumeTrue(runs("npm", "--version"), "skipped: npm is not installed, so the library for Node cannot be asked");
        assumeTrue(
                runs(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        folder.toString(),
                        "standardwebhooks@1.0.0"),
                "skipped: the npm registry cannot be reached");
        // given
        List<String> secrets = new SigningSecrets(folder.resolve("secrets")).of("node");
        long now = System.currentTimeMillis() / 1000;
        String signature = WebhookSignature.of(secrets, "evt-1", now, BODY.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(verifies(secrets.getFirst(), now, signature, BODY)).isTrue();
        assertThat(verifies(secrets.getFirst(), now, signature, BODY + " ")).isFalse();
        assertThat(verifies(secrets.getFirst(), now - 1, signature, BODY)).isFalse();
    }

    private boolean verifies(String secret, long timestamp, String signature, String body)
            throws IOException, InterruptedException {
        Path script = folder.resolve("verify.js");
        Files.writeString(script, """
                const { Webhook } = require("standardwebhooks");
                const [secret, timestamp, signature, body] = process.argv.slice(2);
                new Webhook(secret).verify(body, {
                  "webhook-id": "evt-1", "webhook-timestamp": timestamp, "webhook-signature": signature });
                """);
        return runs("node", script.toString(), secret, Long.toString(timestamp), signature, body);
    }

    @Test
    void a_secret_that_others_can_read_is_refused() throws IOException {
        // given
        SigningSecrets secrets = new SigningSecrets(folder.resolve("secrets"));
        secrets.of("open");
        Path file = folder.resolve("secrets").resolve("open.whsec");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        // then
        assertThatThrownBy(() -> secrets.of("open")).hasMessageContaining("chmod 600");
    }

    @Test
    void a_second_secret_also_signs_during_a_rotation() throws IOException {
        // given
        SigningSecrets secrets = new SigningSecrets(folder.resolve("secrets"));
        String first = secrets.of("two").getFirst();
        String second = secrets.of("other").getFirst();
        Files.writeString(folder.resolve("secrets").resolve("two.whsec"), second + "\n" + first + "\n");

        // when
        String[] signatures =
                WebhookSignature.of(secrets.of("two"), "e", 1, new byte[0]).split(" ");

        // then
        assertThat(signatures)
                .containsExactly(
                        WebhookSignature.of(List.of(second), "e", 1, new byte[0]),
                        WebhookSignature.of(List.of(first), "e", 1, new byte[0]));
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // The program is not installed.
        }
    }
}
