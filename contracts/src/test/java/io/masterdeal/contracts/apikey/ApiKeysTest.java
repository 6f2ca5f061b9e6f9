package io.masterdeal.contracts.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    @TempDir
    Path temporary;

    @Test
    void each_principal_gets_a_key_of_256_random_bits_that_only_the_owner_may_read() throws IOException {
        // given
        Path directory = temporary.resolve("data/keys");

        // when
        ApiKeys keys = ApiKeys.generate(directory, List.of("crm", "media"));

        // then
        String crm = ApiKeys.read(directory, "crm");
        assertThat(crm).startsWith("md_crm_");
        assertThat(Base64.getUrlDecoder().decode(crm.substring("md_crm_".length())))
                .hasSize(32);
        assertThat(crm.substring(7))
                .isNotEqualTo(ApiKeys.read(directory, "media").substring(9));
        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(directory.resolve("crm.key"))).isEqualTo("rw-------");
        assertThat(keys.principals()).containsExactly("crm", "media");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("crm.key", "media.key");
        }
    }

    @Test
    void a_key_identifies_its_principal() {
        // given
        ApiKeys keys = ApiKeys.generate(temporary.resolve("keys"), List.of("crm", "media"));
        String media = ApiKeys.read(temporary.resolve("keys"), "media");

        // then
        assertThat(keys.principal("Bearer " + media)).contains("media");
        assertThat(keys.principal("bearer  " + media + " ")).contains("media");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer md_crm_guess", "Basic KEY", "KEY", "Bearer KEYx", "Bearer xKEY"
            })
    void an_unknown_key_identifies_nobody(String header) {
        // given
        ApiKeys keys = ApiKeys.generate(temporary.resolve("keys"), List.of("crm"));
        String crm = ApiKeys.read(temporary.resolve("keys"), "crm");

        // then
        assertThat(keys.principal(header.replace("KEY", crm))).isEmpty();
        assertThat(keys.principal(null)).isEmpty();
        assertThat(keys.principal("Bearer " + "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void existing_keys_stay() {
        // given
        Path directory = temporary.resolve("keys");
        ApiKeys.generate(directory, List.of("crm"));
        String before = ApiKeys.read(directory, "crm");

        // when
        ApiKeys keys = ApiKeys.generate(directory, List.of("crm", "dcm"));

        // then
        assertThat(ApiKeys.read(directory, "crm")).isEqualTo(before);
        assertThat(keys.principal("Bearer " + before)).contains("crm");
        assertThat(keys.principals()).containsExactly("crm", "dcm");
    }

    @Test
    void processes_that_generate_at_once_agree() throws Exception {
        // given
        Path directory = temporary.resolve("keys");
        int count = 8;
        var barrier = new CyclicBarrier(count);
        var loaded = new ArrayList<Future<ApiKeys>>();

        // when
        try (var executor = Executors.newFixedThreadPool(count)) {
            for (int i = 0; i < count; i++) {
                loaded.add(executor.submit(() -> {
                    barrier.await();
                    return ApiKeys.generate(directory, List.of("crm", "media", "task"));
                }));
            }
        }

        // then
        String crm = "Bearer " + ApiKeys.read(directory, "crm");
        for (Future<ApiKeys> keys : loaded) {
            assertThat(keys.get().principal(crm)).contains("crm");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void a_key_that_others_may_read_or_change_is_refused_with_a_remedy(String rights) throws IOException {
        // given
        Path directory = temporary.resolve("keys");
        ApiKeys.generate(directory, List.of("crm"));
        Path file = directory.resolve("crm.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));

        // then
        assertThatThrownBy(() -> ApiKeys.load(directory))
                .isInstanceOf(ApiKeyException.class)
                .hasMessageContaining("chmod 600 " + file);
        assertThatThrownBy(() -> ApiKeys.read(directory, "crm"))
                .isInstanceOf(ApiKeyException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void a_directory_that_others_may_write_is_refused() throws IOException {
        // given
        Path directory = temporary.resolve("keys");
        ApiKeys.generate(directory, List.of("crm"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));

        // then
        assertThatThrownBy(() -> ApiKeys.load(directory)).hasMessageContaining("chmod 700 " + directory);
    }

    @Test
    void files_without_a_key_are_refused_by_name() throws IOException {
        // given
        Path directory = temporary.resolve("keys");
        ApiKeys.generate(directory, List.of("crm"));
        Path file = directory.resolve("crm.key");
        String key = ApiKeys.read(directory, "crm");

        // then
        for (String content : List.of("", "short", "two words " + key, key + "\n" + key, "x".repeat(5000))) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> ApiKeys.load(directory))
                    .hasMessageStartingWith(file + " does not hold an API key");
        }
    }

    @Test
    void a_key_belongs_to_one_principal_only() throws IOException {
        // given
        Path directory = temporary.resolve("keys");
        ApiKeys.generate(directory, List.of("crm"));
        Files.copy(directory.resolve("crm.key"), directory.resolve("dcm.key"), StandardCopyOption.COPY_ATTRIBUTES);

        // then
        assertThatThrownBy(() -> ApiKeys.load(directory)).hasMessageContaining("the same key as crm.key");
    }

    @Test
    void names_that_lead_out_of_the_directory_are_refused() {
        assertThatThrownBy(() -> ApiKeys.read(temporary, "../crm")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApiKeys.generate(temporary, List.of("a/b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_directory_without_keys_is_reported() {
        assertThatThrownBy(() -> ApiKeys.load(temporary)).hasMessageContaining("no API keys");
        assertThatThrownBy(() -> ApiKeys.load(temporary.resolve("absent"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> ApiKeys.read(temporary, "crm")).hasMessageContaining("there is no API key");
    }

    @Test
    void no_secret_is_shown() {
        // given
        Path directory = temporary.resolve("keys");

        // when
        String text = ApiKeys.generate(directory, List.of("crm", "operator")).toString();

        // then
        assertThat(text).isEqualTo("ApiKeys[crm, operator]");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
