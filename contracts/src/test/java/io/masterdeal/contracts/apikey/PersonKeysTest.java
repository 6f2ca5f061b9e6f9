package io.masterdeal.contracts.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonKeysTest {

    @TempDir
    private Path folder;

    private Path keys() {
        return folder.resolve("api-keys");
    }

    @Test
    void a_person_has_a_key_a_name_and_a_right() throws IOException {
        // when
        Path file = PersonKeys.create(keys(), "anna-reed", "Анна Рид", "operator");

        // then
        String hash = ApiKeys.hash(ApiKeys.read(file));
        assertThat(PersonKeys.read(keys()))
                .isEqualTo(new PersonKeys.Found(
                        List.of(new PersonKeys.Holder("anna-reed", "Анна Рид", "operator", hash)), List.of()));
        for (String each : List.of("anna-reed.key", "anna-reed.properties")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(each))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void no_role_knows_the_key_of_a_person() {
        // given
        ApiKeys.generate(keys(), List.of("operator"));
        String key = ApiKeys.read(PersonKeys.create(keys(), "boris", "boris", "admin"));

        // when
        ApiKeys known = ApiKeys.load(keys());

        // then
        assertThat(known.principals()).containsExactly("operator");
        assertThat(known.principal("Bearer " + key)).isEmpty();
        assertThat(known.principalOfHash(ApiKeys.hash(key))).isEmpty();
        assertThat(known.principalOfHash(ApiKeys.hash(ApiKeys.read(keys(), "operator"))))
                .contains("operator");
        assertThat(known.principalOfHash("no hash")).isEmpty();
    }

    @Test
    void a_key_is_revoked_and_made_again_as_another_one() {
        String first = ApiKeys.read(PersonKeys.create(keys(), "anna", "Anna", "viewer"));
        assertThatThrownBy(() -> PersonKeys.create(keys(), "anna", "Anna", "admin"))
                .hasMessageContaining("anna has a key already");

        assertThat(PersonKeys.revoke(keys(), "anna")).isTrue();
        assertThat(PersonKeys.revoke(keys(), "anna")).isFalse();
        assertThat(PersonKeys.read(keys()).holders()).isEmpty();

        assertThat(ApiKeys.read(PersonKeys.create(keys(), "anna", "Anna", "admin")))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"../x,Anna,viewer", "Anna,Anna,viewer", "anna,Anna,root", "anna,' ',viewer", "anna,a\u202Eb,viewer"})
    void what_is_no_id_no_name_or_no_right_is_refused(String id, String name, String right) {
        assertThatThrownBy(() -> PersonKeys.create(keys(), id, name, right))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(keys()).doesNotExist();
    }

    @Test
    void a_key_that_is_not_as_it_has_to_be_keeps_nobody_else_out() throws IOException {
        // given
        for (String id : List.of("fine", "open", "bare", "boss")) {
            PersonKeys.create(keys(), id, id, "viewer");
        }
        Path people = keys().resolve("people");
        Files.setPosixFilePermissions(people.resolve("open.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(people.resolve("bare.properties"));
        Files.writeString(people.resolve("boss.properties"), "right=root\n");

        // when
        PersonKeys.Found found = PersonKeys.read(keys());

        // then
        assertThat(found.holders()).extracting(PersonKeys.Holder::id).containsExactly("fine");
        assertThat(found.faults())
                .hasSize(3)
                .anyMatch(it -> it.contains("open.key can be read"))
                .anyMatch(it -> it.contains("bare.properties cannot be read"))
                .anyMatch(it -> it.contains("boss.properties has to have a right"));
    }
}
