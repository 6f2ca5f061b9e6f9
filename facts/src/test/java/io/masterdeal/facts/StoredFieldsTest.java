package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.Version;
import io.masterdeal.model.deal.RootAttributes.Attribute;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The stored form of attributes. */
class StoredFieldsTest {

    private static final Version FIRST = new Version(null, Instant.ofEpochMilli(-5), new UUID(1, 2));

    private static final Version SECOND = new Version(Long.MAX_VALUE, Instant.ofEpochMilli(77), new UUID(3, 4));

    private static final KeptFields FIELDS = new KeptFields(
            -9,
            12,
            List.of(
                    new Attribute("amount", "", FIRST),
                    new Attribute("client", "Ünïted \uD83D\uDE00", FIRST),
                    new Attribute("é".repeat(100), "\u20AC".repeat(StoredFields.LONGEST_VALUE), SECOND),
                    new Attribute("region", "North", FIRST)));

    @Test
    void what_is_written_is_read_again() {
        byte[] bytes = StoredFields.write(FIELDS);

        assertThat(StoredFields.read(bytes)).isEqualTo(FIELDS);
        assertThat(StoredFields.values(bytes))
                .containsEntry("client", "Ünïted \uD83D\uDE00")
                .hasSize(4);
        assertThat(StoredFields.values(null)).isEmpty();
        KeptFields none = new KeptFields(1, 0, List.of());
        assertThat(StoredFields.read(StoredFields.write(none))).isEqualTo(none);
    }

    @Test
    void a_version_is_stored_once() {
        int two = StoredFields.write(
                        new KeptFields(0, 1, List.of(new Attribute("a", "", FIRST), new Attribute("b", "", FIRST))))
                .length;
        int one = StoredFields.write(new KeptFields(0, 1, List.of(new Attribute("a", "", FIRST)))).length;

        assertThat(two - one).isEqualTo(6);
    }

    @Test
    void damaged_bytes_are_refused() {
        byte[] bytes = StoredFields.write(FIELDS);
        byte[] other = bytes.clone();
        other[0] = 9;

        for (int length : new int[] {0, 1, 9, 14, 40, bytes.length - 1}) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StoredFields.read(part))
                    .as(length + " bytes")
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> StoredFields.read(other)).hasMessage("attributes have format 1, not 9");
    }

    @Test
    void a_long_text_is_cut_between_characters() {
        assertThat(StoredFields.cut("abc", 3)).isEqualTo("abc");
        assertThat(StoredFields.cut("abcd", 3)).isEqualTo("abc");
        assertThat(StoredFields.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    }
}
