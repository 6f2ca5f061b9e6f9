package io.masterdeal.routes.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of any encoding and size: each row is read or rejected on its own, with its line. */
class CsvRowsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext(false);

    private static List<Row> read(byte[] bytes, @Nullable String charset) throws IOException {
        Exchange exchange = new DefaultExchange(CONTEXT);
        if (charset != null) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
        }
        List<Row> rows = new ArrayList<>();
        try (CsvRows format = new CsvRows()) {
            format.unmarshal(exchange, new ByteArrayInputStream(bytes)).forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<Row> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void one_bad_byte_costs_its_row_and_no_other() throws IOException {
        // given
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("number;client\n".getBytes(StandardCharsets.UTF_8));
        for (int line = 2; line <= 600; line++) {
            file.writeBytes((line + ";Клиент, \uFFFD ").getBytes(StandardCharsets.UTF_8));
            file.writeBytes(line == 402 ? new byte[] {(byte) 0xce, '\n'} : new byte[] {'\n'});
        }

        // when
        List<Row> rows = read(file.toByteArray(), null);

        // then
        assertThat(rows).hasSize(599);
        assertThat(rows).filteredOn(it -> it.problem() != null).singleElement().satisfies(it -> {
            assertThat(it.line()).isEqualTo(402);
            assertThat(it.problem())
                    .contains("not UTF-8", "column 'client'", "charset: windows-1251")
                    .doesNotContain("Input length");
            assertThat(it.get("client")).isEqualTo("Клиент, \uFFFD \uFFFD");
        });
    }

    @Test
    void a_table_is_read_in_the_configured_encoding_or_that_of_its_byte_order_mark() throws IOException {
        String table = "имя,сумма\nООО \"Волна\",1\n".replace("\"Волна\"", "Волна");
        for (String charset : List.of("windows-1251", "KOI8-R", "UTF-8", "UTF-16LE")) {
            assertThat(read(table.getBytes(Charset.forName(charset)), charset))
                    .as(charset)
                    .singleElement()
                    .satisfies(it ->
                            assertThat(it).containsEntry("имя", "ООО Волна").containsEntry("сумма", "1"));
        }
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(read(("\uFEFF" + table).getBytes(charset), null))
                    .as(charset.name())
                    .singleElement()
                    .satisfies(it -> assertThat(it).containsEntry("имя", "ООО Волна"));
        }
    }

    @Test
    void a_file_that_is_not_a_table_is_reported_in_words() {
        assertThatThrownBy(() -> read("имя;сумма\n".getBytes(Charset.forName("windows-1251")), null))
                .hasMessageContaining("first line of the table")
                .hasMessageContaining("not UTF-8")
                .hasMessageContaining("charset: windows-1251");
        assertThatThrownBy(() -> read(new byte[] {0x1f, (byte) 0x8b, 8, 0}, null))
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> read("a\n".getBytes(StandardCharsets.UTF_8), "windows-1252-ru"))
                .hasMessageContaining("no encoding 'windows-1252-ru'");
        assertThatThrownBy(() -> read("a,".repeat(2_000) + "\n")).hasMessageContaining("there may be 1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number;\"client, full name, city\"\nR-1;\"Volna, Omsk\"\n",
                "number;client, RUB\r\nR-1;1250.00\r\n",
                "sep=;\r\nnumber;a,b,c\r\nR-1;x\r\n",
                "number\tclient\nR-1\ta, b, c; d\n\t\n\n"
            })
    void the_separator_is_what_the_rows_agree_upon(String table) throws IOException {
        assertThat(read(table)).singleElement().satisfies(it -> {
            assertThat(it.problem()).isNull();
            assertThat(it).hasSize(2).containsEntry("number", "R-1");
            assertThat(it.line()).isEqualTo(table.startsWith("sep=") ? 3 : 2);
        });
    }

    @Test
    void a_cell_without_end_is_refused_and_does_not_fill_the_memory() throws IOException {
        // given
        byte[] start = "number,client\n1,a\n2,\"open".getBytes(StandardCharsets.UTF_8);
        long[] given = {0};
        ByteArrayInputStream endless = new ByteArrayInputStream(start) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                int count = super.read(into, offset, length);
                given[0] += length;
                if (count < 0) {
                    java.util.Arrays.fill(into, offset, offset + length, (byte) 'x');
                    return length;
                }
                return count;
            }
        };

        // when
        List<Row> rows = new ArrayList<>();
        try (CsvRows format = new CsvRows()) {
            format.unmarshal(new DefaultExchange(CONTEXT), endless).forEachRemaining(rows::add);
        }

        // then
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().problem()).isNull();
        assertThat(rows.getLast().problem()).contains("cannot be read", "more than 262144 characters", "not closed");
        assertThat(given[0]).isLessThan(1_000_000);
    }

    @Test
    void a_cell_that_is_too_long_costs_its_row() throws IOException {
        List<Row> rows = read("a,b\n1," + "x".repeat(70_000) + "\n2,y\n");

        assertThat(rows.getFirst().problem()).contains("70000 characters in column 'b'");
        assertThat(rows.getFirst().get("b")).hasSize(65_536);
        assertThat(rows.getLast().problem()).isNull();
        assertThat(rows.getLast()).containsEntry("b", "y");
    }
}
