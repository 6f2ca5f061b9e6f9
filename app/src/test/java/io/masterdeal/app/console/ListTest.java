package io.masterdeal.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What happens to lists while somebody reads them, with rows of this test in a page of the console. */
class ListTest extends BrowserTest {

    private static final String STREAM = """
            retry: 200

            data: {"topics":["*"],"deals":[],"more":true,"interval":2000}

            """;

    private List<String> rows = List.of("a", "b", "c", "d");
    private String word = "old";

    @Test
    void rows_change_where_they_are_and_a_new_order_waits_until_it_is_asked_for() {
        // given
        context.route(
                "**/live?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody(STREAM)));
        context.route("**/?list", this::answer);
        open("/?list");
        page.keyboard().press("j");
        page.keyboard().press("j");
        assertThat(focused()).isEqualTo("free-b");

        // when the focused row is gone and another is first
        rows = List.of("d", "a", "c", "e");
        word = "new";
        page.waitForFunction("() => document.getElementById('free-a').innerText.includes('new')");

        // then
        assertThat(focused()).isEqualTo("free-b");
        assertThat(order("free")).isEqualTo("d a b c e");
        assertThat(page.locator("#free-b").getAttribute("class")).isEqualTo("leaving");
        assertThat(order("held")).isEqualTo("a b c d");
        assertThat(page.locator("#held-a").innerText()).contains("new");
        assertThat(page.locator(".held").innerText()).isEqualTo("2 rows changed: show");

        // when
        page.click(".held");

        // then
        assertThat(order("held")).isEqualTo("d a c e");
        assertThat(page.locator(".held").count()).isZero();
        page.waitForFunction("() => document.getElementById('free-b') === null");

        // when a row with the focus gets another place
        page.locator("#free-c").focus();
        rows = List.of("c", "e", "d", "a");
        page.waitForFunction("() => document.querySelector('#free tr').id === 'free-c'");

        // then
        assertThat(focused()).isEqualTo("free-c");
        assertThat(order("free")).isEqualTo("c e d a");
    }

    private Object focused() {
        return page.evaluate("document.activeElement.id");
    }

    private String order(String list) {
        return page.locator("#" + list + " tr").all().stream()
                .map(row -> row.getAttribute("id").replaceFirst(".*-", ""))
                .collect(Collectors.joining(" "));
    }

    private void answer(Route route) {
        String real = route.fetch().text();
        String main = "<main id=\"content\" tabindex=\"-1\"><h1>Lists</h1>" + list("free", "")
                + list("held", " data-live-hold") + "</main>";
        route.fulfill(new Route.FulfillOptions()
                .setContentType("text/html;charset=UTF-8")
                .setBody(real.replaceFirst("(?s)<main.*</main>", main)));
    }

    private String list(String id, String attribute) {
        return "<table><tbody id=\"" + id + "\" data-live=\"deals\"" + attribute + ">"
                + rows.stream()
                        .map(row -> "<tr id=\"" + id + "-" + row + "\" data-href=\"/x/" + row
                                + "\" tabindex=\"-1\"><td>" + row + " " + word + "</td></tr>")
                        .collect(Collectors.joining("\n"))
                + "</tbody></table>";
    }
}
