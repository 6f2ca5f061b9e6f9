package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Pages that follow changes, keys, and pages without JavaScript. */
class LiveTest extends BrowserTest {

    /** What is promised is 2 s; the rest is for a busy machine. */
    private static final WaitForFunctionOptions SOON = new WaitForFunctionOptions().setTimeout(4_000);

    private static final String LISTENS = "() => document.getElementById('live').dataset.state === 'live'";

    @Test
    void a_deal_that_is_created_is_counted_on_the_open_overview_and_the_focus_stays() throws Exception {
        // given
        open("/");
        page.waitForFunction(LISTENS);
        page.focus("#content");
        String before = live();

        // when
        createDeal();

        // then
        page.waitForFunction("before => document.querySelector('main [data-live]').innerText !== before", before, SOON);
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");
    }

    @Test
    void a_paused_page_stays_as_it_is_and_catches_up_afterwards() throws Exception {
        // given
        open("/");
        page.waitForFunction(LISTENS);
        page.click("#live");
        String before = live();

        // when
        createDeal();
        page.waitForTimeout(1_500);

        // then
        assertThat(live()).isEqualTo(before);
        page.click("#live");
        page.waitForFunction("before => document.querySelector('main [data-live]').innerText !== before", before, SOON);
    }

    private String live() {
        return page.locator("main [data-live]").first().innerText();
    }

    private static void createDeal() throws Exception {
        int before = deals();
        platform.createDeal("L-" + UUID.randomUUID(), "Северный Ветер");
        await("the console's board has it").atMost(Duration.ofSeconds(60)).until(() -> deals() > before);
    }

    private static int deals() throws Exception {
        return JsonMapper.shared()
                .readTree(platform.get("/deals?limit=1", "application/json").body())
                .path("total")
                .asInt();
    }

    @Test
    void everything_in_the_header_is_reached_by_keys() {
        open("/");

        page.keyboard().press("/");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("search");
        page.keyboard().type("g o ?");
        assertThat(page.inputValue("#search"))
                .as("keys are letters while one types")
                .isEqualTo("g o ?");
        page.keyboard().press("Escape");
        page.keyboard().press("Shift+?");
        assertThat(page.locator("#keys").isVisible()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("#keys").isVisible()).isFalse();
        page.keyboard().press("Tab");
        page.locator(".preferences summary").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".preferences form").isVisible()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator(".preferences form").isVisible()).isFalse();
        open("/?period=90");
        page.keyboard().press("g");
        page.keyboard().press("o");
        page.waitForURL(platform.address() + "/");
    }

    @Test
    void a_page_to_which_one_goes_back_follows_changes_again() {
        open("/?period=7");
        page.waitForFunction(LISTENS);
        open("/?period=90");

        page.goBack();

        page.waitForFunction(LISTENS);
        assertThat(page.url()).endsWith("?period=7");
    }

    @Test
    void single_keys_can_be_switched_off() {
        open("/");
        page.keyboard().press("Shift+?");
        page.uncheck("#keys-on");
        page.keyboard().press("Escape");

        page.keyboard().press("/");
        assertThat(page.evaluate("document.activeElement.id")).isNotEqualTo("search");
    }

    @Test
    void the_overview_is_whole_without_javascript() {
        try (BrowserContext plain = newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page without = plain.newPage();
            without.navigate(platform.address().toString());

            assertThat(without.locator("h1").count()).isOne();
            assertThat(without.locator("#live").isVisible()).isFalse();
            without.locator(".preferences summary").click();
            assertThat(without.locator(".preferences form").isVisible()).isTrue();
        }
    }
}
