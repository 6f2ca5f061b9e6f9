package io.masterdeal.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.masterdeal.console.RunningConsole;
import io.masterdeal.testbed.browser.Chromium;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An open page whose console ends and comes back. */
class ReconnectTest {

    private static final String LISTENS = "() => document.getElementById('live').dataset.state === 'live'";

    @Test
    void an_open_page_follows_changes_again_after_its_console_was_started_anew(@TempDir Path directory) {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "chromium is not installed");
        // given
        RunningConsole first = RunningConsole.start(directory, Map.of());
        int port = first.address().getPort();
        try (BrowserContext context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + first.key("reader"))))) {
            Page page = context.newPage();
            page.navigate(first.address().toString());
            page.waitForFunction(LISTENS);
            page.evaluate("() => { window.refreshes = 0;"
                    + " document.addEventListener('masterdeal:refreshed', () => window.refreshes++); }");

            // when
            first.close();
            try (RunningConsole second =
                    RunningConsole.start(directory, Map.of("server.port", Integer.toString(port)))) {
                // then
                page.waitForFunction("() => window.refreshes > 0");
                assertThat(second.context().getBean(LiveReaders.class).size()).isOne();
            }
        } finally {
            first.close();
        }
    }
}
