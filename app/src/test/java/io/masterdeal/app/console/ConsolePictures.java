package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import io.masterdeal.app.ConsolePlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Makes the pictures of the documentation, {@code docs/images/console-*.png}, the overview and a deal. No part of a test run: {@code
 * ./mvnw test -pl app -am -Dtest=ConsolePictures -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ConsolePictures extends BrowserTest {

    @Test
    void the_overview_and_a_deal_in_both_themes() throws Exception {
        Path images = ConsolePlatform.home().resolve("docs").resolve("images");
        String deal = "/deals/crm:deal:D-2026-014";
        for (Map.Entry<String, String> each :
                Map.of("overview", "/", "deal", deal).entrySet()) {
            for (String theme : List.of("light", "dark")) {
                look("en", theme, "UTC");
                open(each.getValue());
                Path picture =
                        images.resolve("console-" + each.getKey() + (theme.equals("dark") ? "-dark" : "") + ".png");
                page.screenshot(new ScreenshotOptions().setPath(picture));
                assertThat(Files.size(picture)).isPositive();
            }
        }
    }
}
