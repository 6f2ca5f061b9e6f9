package io.masterdeal.console.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.masterdeal.console.page.Language;
import io.masterdeal.testbed.browser.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of recorded deals in a real browser, with their style and without scripts. */
class DealInBrowserTest {

    private static BrowserContext context;

    @BeforeAll
    static void open() {
        assumeTrue(Chromium.installed().isPresent(), "chromium is not installed");
        context = Chromium.browser().newContext();
    }

    @AfterAll
    static void close() {
        if (context != null) {
            context.close();
        }
    }

    private static String html(String deal, Language language, Tab tab) throws IOException {
        try (RecordedPlatform platform = RecordedPlatform.of(deal)) {
            String page = platform.page(language, "Europe/Moscow", Map.of("tab", tab.tag()));
            return page.replaceAll("<(script|link)[^>]*>(</script>)?", "")
                    .replace("</head>", "<style>" + style("console.css") + style("deal.css") + "</style></head>");
        }
    }

    private static String style(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                DealInBrowserTest.class.getResourceAsStream("/masterdeal/console/assets/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "breached", "gaps"})
    void a_deal_is_one_page_of_a4(String deal) throws IOException {
        try (Page page = context.newPage()) {
            page.setContent(html(deal, Language.RU, Tab.OBJECTS));

            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPrintBackground(true));

            assertThat(new String(pdf, StandardCharsets.ISO_8859_1).split("/Type /Page\\b", -1))
                    .as("pages, and the text before the first")
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"open,WHY", "breached,SLA", "breached,OBJECTS"})
    void a_page_fits_a_phone(String deal, Tab tab) throws IOException {
        try (Page page = context.newPage()) {
            page.setViewportSize(390, 800);
            page.setContent(html(deal, Language.RU, tab));

            assertThat(page.evaluate("document.documentElement.scrollWidth <= 390"))
                    .isEqualTo(true);
        }
    }

    @Test
    void a_dark_page_is_accessible() throws IOException {
        try (Page page = context.newPage()) {
            page.setContent(html("gaps", Language.EN, Tab.WHY).replace("data-theme=\"light\"", "data-theme=\"dark\""));

            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .extracting(rule ->
                            rule.getId() + " " + rule.getNodes().getFirst().getHtml())
                    .isEmpty();
        }
    }
}
