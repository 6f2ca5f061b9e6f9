package io.masterdeal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no UTF-8 are found, and where; no other character stands for them. */
class StrictTextTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "48c328, 1", // the second byte is missing
        "48ff28, 1", // no byte of UTF-8
        "c0af, 0", // "/" in two bytes
        "e0809f, 0", // overlong in three
        "f08080af, 0", // overlong in four
        "eda080, 0", // half of a surrogate pair
        "f4908080, 0", // beyond U+10FFFF
        "41e282, 1", // cut off
        "80, 0", // a second byte alone
        "d09a, -1",
        "efbbbf7b7d, -1",
        "f09f9880, -1",
        "f48fbfbf, -1",
    })
    void the_first_invalid_byte_is_found(String hex, int at) {
        assertThat(Utf8.invalidAt(HexFormat.of().parseHex(hex))).isEqualTo(at);
    }

    @Test
    void the_result_equals_that_of_the_jdk_decoder() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] alphabet = HexFormat.of().parseHex("41c080c2a0e0a0ed9fa0efbff0908ff4bf");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(1, 7)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }

            assertThat(Utf8.invalidAt(bytes) < 0)
                    .as("%s, seed %d", HexFormat.of().formatHex(bytes), seed)
                    .isEqualTo(decodes(bytes));
        }
    }

    @Test
    void percent_encoded_text_is_decoded_once_and_only_if_it_is_utf_8() {
        assertThat(PercentCoding.decode("H%209%20%22A%22%20100%25")).isEqualTo("H 9 \"A\" 100%");
        assertThat(PercentCoding.decode("H 9 \"A\" 100%")).isEqualTo("H 9 \"A\" 100%");
        assertThat(PercentCoding.decode("%64ocflow:contract:H%2D9")).isEqualTo("docflow:contract:H-9");
        assertThat(PercentCoding.decode("H%2520")).isEqualTo("H%20");
        assertThat(PercentCoding.decode("К%F0%9F%98%80😀%")).isEqualTo("К😀😀%");
        assertThat(PercentCoding.decode("%ＦＦ")).isEqualTo("%ＦＦ");
        assertThat(PercentCoding.invalidAt("/a%2Fb/%41%FF")).isEqualTo(10);
        assertThatThrownBy(() -> PercentCoding.decode("H%C3%28"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at byte 1 ");
        assertThatThrownBy(() -> PercentCoding.decode("H%FF%28")).hasMessageContaining("at byte 1 ");
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
