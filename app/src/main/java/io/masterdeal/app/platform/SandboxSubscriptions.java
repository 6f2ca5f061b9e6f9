package io.masterdeal.app.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The router's settings for secrets and subscriptions. If the simulated systems run in the same process, a file of subscriptions with
 * their current port is written for them.
 */
final class SandboxSubscriptions {

    private static final String BUNDLED = "/masterdeal/app/sandbox-subscriptions.yaml";

    private SandboxSubscriptions() {}

    static Map<String, Object> settings(PlatformOptions options, RoleAddresses roleAddresses) throws IOException {
        Path secrets = options.data().resolve("secrets").resolve("subscriptions");
        Map<String, Object> settings = new HashMap<>();
        settings.put("masterdeal.router.secrets", secrets.toString());
        settings.put("masterdeal.sandbox.notification-secrets", secrets.toString());
        if (options.roles().contains(Role.ROUTER) && options.roles().contains(Role.SANDBOX)) {
            Path file = options.data().resolve("run").resolve("sandbox-subscriptions.yaml");
            Files.createDirectories(file.getParent());
            URI sandbox = RoleAddresses.loopback(roleAddresses.port(Role.SANDBOX));
            Files.writeString(file, bundled().replace("SANDBOX", sandbox.toString()));
            settings.put("masterdeal.router.subscriptions", file.toString());
            settings.put("masterdeal.router.sinks.platform", sandbox.getAuthority());
        }
        return settings;
    }

    private static String bundled() throws IOException {
        try (InputStream in = Objects.requireNonNull(SandboxSubscriptions.class.getResourceAsStream(BUNDLED))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
