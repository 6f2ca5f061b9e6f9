package io.masterdeal.console.deals;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.SampleDeals;
import io.masterdeal.console.SamplePages;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.SeededBoard;
import io.masterdeal.console.page.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealsCsvTest {

    private static String csv(Language language, Card... cards) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DealsCsv(SeededBoard.of(SampleDeals.STAGES, List.of(cards)), SamplePages.view(language, "/deals.csv", ""))
                .write(DealSelection.ALL, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void russian_spreadsheets_get_their_mark_semicolons_and_decimal_commas() throws IOException {
        // when
        String[] lines = csv(Language.RU, SampleDeals.plain("D-1", "ООО «Янтарь»; \"Север\"", "-12.50"))
                .split("\r\n");

        // then
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).startsWith("\uFEFFСделка;ID;Клиент;Менеджер;");
        assertThat(lines[1])
                .startsWith("crm:deal:D-1;" + SampleDeals.id("D-1") + ";\"ООО «Янтарь»; \"\"Север\"\"\";")
                .contains(";Лид;lead;28.11.2026 10:15:00;-12,5;RUB;");
        assertThat(lines[2]).isEqualTo("1 строка;по состоянию на 2026-11-30T09:15:00Z");
    }

    @Test
    void a_text_that_looks_like_a_formula_gets_an_apostrophe_and_a_number_does_not() throws IOException {
        // when
        String text = csv(
                Language.EN,
                SampleDeals.plain("D-1", "=HYPERLINK(\"x\")", "-3"),
                SampleDeals.plain("D-2", "+7 495", null),
                SampleDeals.plain("D-3", "@all", "1e3"));

        // then
        assertThat(text).contains(",\"'=HYPERLINK(\"\"x\"\")\",", ",'+7 495,", ",'@all,", ",-3,RUB,", ",1000,RUB,");
        assertThat(text).endsWith("3 rows,as of 2026-11-30T09:15:00Z\r\n");
    }
}
