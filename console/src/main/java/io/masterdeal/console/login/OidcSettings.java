package io.masterdeal.console.login;

import io.masterdeal.console.access.Right;
import io.masterdeal.role.settings.RequiredSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * How people log in by OpenID Connect: settings {@code masterdeal.console.oidc.*}.
 *
 * @param issuer address of the provider, such as {@code https://login.example.com/realms/main}
 * @param clientId by which the provider knows the console
 * @param clientSecret from the file {@code client-secret-file}
 * @param scopes what is asked for, {@code openid} among it
 * @param title on the button
 * @param nameClaims where the name of a person is, the first that is there
 * @param rights reads the right from the claims
 */
record OidcSettings(
        String issuer,
        String clientId,
        String clientSecret,
        Set<String> scopes,
        String title,
        List<String> nameClaims,
        ClaimRights rights) {

    private static final String PREFIX = "masterdeal.console.oidc.";

    /**
     * Reads them.
     *
     * @return null if {@code issuer} is not set
     * @throws IllegalStateException if a setting is missing, or no claim gives a right
     */
    static @Nullable OidcSettings read(Environment environment) {
        String issuer = environment.getProperty(PREFIX + "issuer", "");
        if (issuer.isEmpty()) {
            return null;
        }
        Map<Right, Set<String>> values = new EnumMap<>(Right.class);
        for (Right right : Right.values()) {
            values.put(right, list(environment.getProperty(PREFIX + right.tag(), "")));
        }
        if (values.values().stream().allMatch(Set::isEmpty)) {
            throw new IllegalStateException("nobody could log in by " + issuer + ": set " + PREFIX
                    + "viewer, .operator or" + " .admin to values of the claim " + PREFIX + "claim");
        }
        Set<String> scopes = new HashSet<>(list(environment.getProperty(PREFIX + "scopes", "openid,profile,email")));
        scopes.add("openid");
        return new OidcSettings(
                issuer,
                RequiredSetting.read(environment, PREFIX + "client-id"),
                secret(Path.of(RequiredSetting.read(environment, PREFIX + "client-secret-file"))),
                scopes,
                environment.getProperty(PREFIX + "title", "OpenID Connect"),
                List.of(environment
                        .getProperty(PREFIX + "name-claim", "name,preferred_username,email,sub")
                        .split(",")),
                new ClaimRights(environment.getProperty(PREFIX + "claim", "roles"), values));
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException(PREFIX + "client-secret-file: " + file + " cannot be read", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuer + ", " + clientId + "]";
    }
}
