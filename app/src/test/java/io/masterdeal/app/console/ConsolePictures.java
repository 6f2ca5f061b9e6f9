package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import io.masterdeal.app.ConsolePlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Makes the pictures of the documentation, {@code docs/images/console-*.png}, one of each screen of the menu. No part of a test run: {@code
 * ./mvnw test -pl app -am -Dtest=ConsolePictures -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ConsolePictures extends BrowserTest {

    @Test
    void each_screen_of_the_menu_in_both_themes() throws Exception {
        Path images = ConsolePlatform.home().resolve("docs").resolve("images");
        open("/");
        List<String> paths = page.locator("nav[data-menu] .menu-row a").all().stream()
                .map(link -> link.getAttribute("href"))
                .toList();
        for (String path : paths) {
            for (String theme : List.of("light", "dark")) {
                look("en", theme, "UTC");
                open(path);
                Path picture = images.resolve("console-" + name(path) + (theme.equals("dark") ? "-dark" : "") + ".png");
                page.screenshot(new ScreenshotOptions().setPath(picture));
                assertThat(Files.size(picture)).isPositive();
            }
        }
    }

    private static String name(String path) {
        return path.equals("/") ? "overview" : path.substring(1).replace('/', '-');
    }
}
