package io.masterdeal.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ProxySettingsTest {
    private static final Set<String> SYSTEMS = Set.of("crm", "media");

    @TempDir
    Path directory;

    @Test
    void a_route_is_read_with_what_is_set_of_it_and_the_rest_by_default() {
        Upstreams routes = read(Map.of(
                "masterdeal.gateway.proxy.crm.url", "http://127.0.0.1:9/",
                "masterdeal.gateway.proxy.media.url", "https://media.example/api",
                "masterdeal.gateway.proxy.media.strip-prefix", "true",
                "masterdeal.gateway.proxy.media.timeout", "5s"));

        assertThat(routes.to("crm"))
                .contains(new Upstream("crm", URI.create("http://127.0.0.1:9"), null, false, Duration.ofSeconds(30)));
        assertThat(routes.to("media"))
                .contains(new Upstream(
                        "media", URI.create("https://media.example/api"), null, true, Duration.ofSeconds(5)));
        assertThat(read(Map.of()).to("crm")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "billing.url, http://x, proxy.billing: there is no such system",
        "crm.timeout, 1s, proxy.crm.url: is needed",
        "crm.url, ftp://x, is not an http or https address",
        "crm.url, http://x?a=b, is not an http or https address",
        "crm.url, http://u:p@x, an address must not contain a password",
        "crm.url, http://a b, is no address",
        "crm.strip-prefix, maybe, is true or false",
        "crm.timeout, soon, is no duration",
        "crm.timeout, 0s, is more than nothing",
        "crm.timeout, 11m, is more than nothing and at most 10m",
        "crm.keyfile, /nowhere/key, cannot be read",
        "crm.retries, 3, 'there are url, key-file, strip-prefix, timeout'"
    })
    void what_cannot_be_used_is_told_with_the_name_of_the_setting(String name, String value, String message) {
        assertThatThrownBy(() -> read(Map.of("masterdeal.gateway.proxy." + name, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("masterdeal.gateway.proxy.")
                .hasMessageContaining(message)
                .hasMessageNotContaining("u:p");
    }

    @Test
    void a_key_that_others_can_read_or_that_is_none_is_refused_and_no_route_tells_its_key() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "a-secret-token\n");
        Map<String, Object> settings = Map.of(
                "masterdeal.gateway.proxy.crm.url",
                "http://x",
                "masterdeal.gateway.proxy.crm.key-file",
                file.toString());

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> read(settings)).hasMessageContaining("chmod 600 " + file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Upstream route = read(settings).to("crm").orElseThrow();
        assertThat(route.key()).isEqualTo("a-secret-token");
        assertThat(route.toString()).isEqualTo("crm to http://x");

        Files.writeString(file, "two words");
        assertThatThrownBy(() -> read(settings))
                .hasMessageContaining("does not hold a bearer token")
                .hasMessageNotContaining("two words");
    }

    private static Upstreams read(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return ProxySettings.read(environment, SYSTEMS);
    }
}
