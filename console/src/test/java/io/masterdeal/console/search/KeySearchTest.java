package io.masterdeal.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.SampleDeals;
import io.masterdeal.console.SamplePages;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.SeededBoard;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.platform.Roles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullMarked
class KeySearchTest {

    private static final Board BOARD = SeededBoard.of(
            SampleDeals.STAGES,
            List.of(
                    SampleDeals.plain("D-1", "ООО «Янтарь»", "1"),
                    SampleDeals.plain("D-2", "ООО «Янтарные клиники»", "2"),
                    SampleDeals.plain("D-3", "АО «Север»", "3")));
    private static final String EVENT = "11111111-1111-4111-8111-111111111111";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer server = start();

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Found find(String text, @Nullable URI router) {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Roles roles = new Roles(here, router == null ? here : router, "key")) {
            KeySearch search = new KeySearch(BOARD, roles);
            Found found = search.find(text, SampleDeals.NOW);
            search.destroy();
            return found;
        }
    }

    @Test
    void a_deal_is_found_by_its_id_and_by_the_key_of_its_root() {
        String path = "/deals/" + SampleDeals.id("D-3");

        assertThat(find("crm:deal:D-3", null).only()).isEqualTo(path);
        assertThat(find(SampleDeals.id("D-3").toString(), null).only()).isEqualTo(path);
    }

    @Test
    void the_key_of_another_object_leads_to_all_of_its_deals() {
        // given
        answers.put(
                "/masterdeal?object=docflow%3Acontract%3AK%2F9&limit=50",
                "{\"deals\":[{\"master_deal_id\":\"a\",\"root\":\"crm:deal:A\"},{\"master_deal_id\":\"b\",\"root\":\"crm:deal:B\"}]}");

        // when
        Found found = find("docflow:contract:K/9", null);

        // then
        assertThat(found.hits()).extracting(Hit::path).containsExactly("/deals/a", "/deals/b");
        assertThat(found.only()).isNull();
        assertThat(found.silent()).isEmpty();
    }

    @Test
    void an_event_and_a_correlation_lead_to_their_traces() {
        // given
        answers.put("/facts/" + EVENT, "[{\"event_id\":\"" + EVENT + "\"}]");
        answers.put("/messages?event_id=" + EVENT, "{\"messages\":[{}]}");
        answers.put("/messages?correlation_id=order-77-x", "{\"messages\":[{}]}");

        // then
        assertThat(find(EVENT, null).only()).isEqualTo("/trace?event_id=" + EVENT);
        assertThat(find("order-77-x", null).only()).isEqualTo("/trace?correlation_id=order-77-x");
    }

    @Test
    void words_find_deals_by_the_beginnings_of_their_words() {
        assertThat(find("север", null).only()).isEqualTo("/deals/" + SampleDeals.id("D-3"));
        assertThat(find("евер", null).only()).isNull();
        assertThat(find("d-3", null).only()).isEqualTo("/deals/" + SampleDeals.id("D-3"));
        assertThat(find("ооо", null).total()).isEqualTo(2);
    }

    @Test
    void who_does_not_answer_is_named_and_holds_up_nobody() {
        // given: an address at which nobody listens
        URI nobody = URI.create("http://127.0.0.1:1");

        // when
        Found found = find(EVENT, nobody);

        // then
        assertThat(found.silent()).singleElement().asString().contains("router");
        assertThat(Html.page("search/search.jte", SamplePages.view(Language.RU, "/search", ""), Map.of("found", found))
                        .text())
                .contains("Поиск неполный", "Среди ответивших ничего не найдено");
    }
}
