package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import io.masterdeal.app.ConsolePlatform;
import io.masterdeal.testbed.browser.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests pages in Chromium against the shared platform. Each test has a browser context of its own, with an English page of the operator
 * in it. The test fails if the browser wrote anything to its console, which a breach of the content security policy does.
 */
abstract class BrowserTest {

    /** The platform with the sample deals. */
    static ConsolePlatform platform;

    /** The context of this test. */
    BrowserContext context;

    /** The page of this test. */
    Page page;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "chromium is not installed");
        platform = ConsolePlatform.withDeals();
    }

    @BeforeEach
    void openContext() {
        context = newContext(new Browser.NewContextOptions());
        page = context.newPage();
        hear(page);
    }

    @AfterEach
    void closeContext() {
        context.close();
        assertThat(said).as("what the browser wrote to its console").isEmpty();
    }

    /** Another context with the operator's key, which the test has to close. */
    final BrowserContext newContext(Browser.NewContextOptions options) {
        options.setLocale("en-GB")
                .setViewportSize(1280, 900)
                .setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + platform.key("operator")));
        BrowserContext made = Chromium.browser().newContext(options);
        made.setDefaultTimeout(20_000);
        return made;
    }

    /** Keeps what a page writes to its console, for the end of the test. */
    final void hear(Page heard) {
        heard.onConsoleMessage(message -> said.add(heard.url() + ": " + message.type() + " " + message.text()));
        heard.onPageError(error -> said.add(heard.url() + ": " + error));
    }

    /** What was written to the console so far; a test that expects a message removes it here. */
    final List<String> said() {
        return said;
    }

    /** Opens a page by its path, and waits until its scripts have run. */
    final void open(String path) {
        page.navigate(
                platform.address().resolve(path).toString(),
                new NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    }

    /** Chooses language, theme and time zone, as the header's form does. */
    final void look(String language, String theme, String zone) {
        String url = platform.address().toString();
        context.addCookies(List.of(
                new Cookie("language", language).setUrl(url),
                new Cookie("theme", theme).setUrl(url),
                new Cookie("zone", zone).setUrl(url)));
    }
}
