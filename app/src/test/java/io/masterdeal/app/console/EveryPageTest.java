package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page.ScreenshotOptions;
import io.masterdeal.app.ConsolePlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What holds for every page, in each language and theme: no fault of accessibility that axe finds, no message on the browser's console,
 * and nothing wider than the window. The normal run gives each page of the menu one language and theme in turn, a long run each page all of them. The pictures
 * are kept in {@code target/screenshots}.
 */
class EveryPageTest extends BrowserTest {

    private static final Path PICTURES = Path.of("target", "screenshots");

    private static final List<Look> LOOKS =
            List.of(new Look("en", "light"), new Look("ru", "dark"), new Look("ru", "light"), new Look("en", "dark"));

    private static final String FAINT = "color-contrast";

    private record Look(String language, String theme) {}

    /** Pages that are in no menu: their paths, and each must answer with 200. */
    private static List<String> further() {
        return List.of(
                "/deals/crm:deal:D-2026-014",
                "/deals/crm:deal:D-2026-014?tab=objects",
                "/trace?master_deal_id=crm:deal:D-2026-014",
                "/operations",
                "/search?q=nothing-has-this",
                "/subscriptions/explain",
                "/rules/what-if",
                "/alerts/channels");
    }

    @Test
    void every_page_is_accessible_silent_and_fits_the_window() {
        // given
        open("/");
        Set<String> paths = new LinkedHashSet<>(menu());
        if (ConsolePlatform.isLong()) {
            paths.addAll(further());
        }
        assertThat(paths).contains("/");
        SoftAssertions all = new SoftAssertions();
        int turn = 0;

        // when
        for (String path : paths) {
            for (Look look : ConsolePlatform.isLong() ? LOOKS : List.of(LOOKS.get(turn++ % LOOKS.size()))) {
                look(look.language(), look.theme(), "Europe/Moscow");
                // then
                check(path, look, all);
            }
        }
        all.assertAll();
    }

    /** The paths of the menu, as people find them. */
    private List<String> menu() {
        List<String> paths = new ArrayList<>();
        page.locator("nav[data-menu] a").all().forEach(link -> paths.add(link.getAttribute("href")));
        return paths;
    }

    private void check(String path, Look look, SoftAssertions all) {
        String name = (path.equals("/") ? "overview" : path.substring(1).replaceAll("[^a-z0-9]+", "-")) + "-"
                + look.language() + "-" + look.theme();
        page.setViewportSize(1280, 900);
        open(path);
        all.assertThat(page.locator("h1").count())
                .as("%s has one heading", name)
                .isOne();
        all.assertThat(page.locator("html").getAttribute("lang")).as(name).isEqualTo(look.language());
        all.assertThat(faults()).as("%s: axe", name).isEmpty();
        fits(name, 1280, all);
        page.setViewportSize(390, 844);
        fits(name, 390, all);
        if (ConsolePlatform.isLong()) {
            all.assertThat(faults()).as("%s: axe, narrow", name).isEmpty();
        }
        all.assertThat(said()).as("%s: console", name).isEmpty();
        said().clear();
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
            rule.getNodes()
                    .forEach(node -> faults.add(rule.getId() + " " + node.getTarget()
                            + (rule.getId().equals(FAINT) ? " " + node.getFailureSummary() : "")));
        }
        return faults;
    }

    private void fits(String name, int width, SoftAssertions all) {
        page.screenshot(new ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + width + ".png"))
                .setFullPage(true));
        Object wider = page.evaluate("""
                () => document.documentElement.scrollWidth <= window.innerWidth ? "" :
                  [...document.querySelectorAll("body *")]
                    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
                    .slice(0, 5).map(e => e.tagName + "." + e.className).join(", ") || "the page"
                """);
        all.assertThat(wider).as("%s: wider than %d pixels", name, width).isEqualTo("");
    }
}
