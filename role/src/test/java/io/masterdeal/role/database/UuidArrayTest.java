package io.masterdeal.role.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Both forms of an array of UUIDs, as PostgreSQL's manual and source have them. */
class UuidArrayTest {

    private static final UUID ID = UUID.fromString("565d1252-04cc-5722-8ca7-9a5ea9dfb9ab");

    @Test
    void an_array_with_a_null_has_both_forms() {
        UuidArray array = new UuidArray(Arrays.asList(ID, null));

        assertThat(array.getType()).isEqualTo("_uuid");
        assertThat(array.getValue()).isEqualTo("{565d1252-04cc-5722-8ca7-9a5ea9dfb9ab,NULL}");
        assertThat(binary(array))
                .isEqualTo(
                        "00000001" // dimensions
                                + "00000001" // there are nulls
                                + "00000b86" // 2950, uuid
                                + "00000002" // elements
                                + "00000001" // the first has this number
                                + "00000010" + "565d125204cc57228ca79a5ea9dfb9ab"
                                + "ffffffff");
    }

    @Test
    void an_array_without_nulls_says_so() {
        assertThat(binary(new UuidArray(List.of(ID)))).startsWith("00000001" + "00000000" + "00000b86" + "00000001");
    }

    @Test
    void an_empty_array_has_no_dimension() {
        UuidArray array = new UuidArray(List.of());

        assertThat(array.getValue()).isEqualTo("{}");
        assertThat(binary(array)).isEqualTo("00000000" + "00000000" + "00000b86");
    }

    /** Behind an offset, as the driver may ask for it. */
    private static String binary(UuidArray array) {
        byte[] bytes = new byte[2 + array.lengthInBytes()];
        array.toBytes(bytes, 2);
        return HexFormat.of().formatHex(bytes, 2, bytes.length);
    }
}
