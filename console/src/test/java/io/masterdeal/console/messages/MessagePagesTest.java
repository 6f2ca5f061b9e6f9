package io.masterdeal.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.messages.MessageLedger.Found;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Look;
import io.masterdeal.console.page.Look.Theme;
import io.masterdeal.console.page.View;
import io.masterdeal.console.page.Words;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessagePagesTest {

    private static final Words WORDS = Words.load();

    private static final String EVENT = "11111111-1111-4111-8111-111111111111";

    private static View view(Language language, Right right) {
        return new View(
                new Person("Olga Orlova", right),
                new Look(language, ZoneId.of("Europe/Moscow"), Theme.LIGHT),
                WORDS,
                new RuleSetInUse(new Roles(null, null, "key"), Clock.systemUTC()),
                List.of(),
                "/messages",
                "",
                "token",
                Instant.parse("2026-03-02T12:00:00Z"));
    }

    private static MessageRow message(boolean answers) {
        JsonNode item = JsonMapper.shared().readTree("""
                {"message": {"id": 7, "event_id": "%s", "type": "crm.deal.created", "subject": "crm:deal:<script>&\\"",
                  "topic": "crm.events", "partition": 1, "offset": 42, "occurred_at": "2026-03-02T09:00:00Z",
                  "accepted_at": "2026-03-02T09:00:01Z",
                  "deliveries": [{"subscription": "context", "state": "dead_lettered", "attempts": 1, "replay": 0,
                    "reason": "refused", "changed_at": "2026-03-02T09:00:02Z",
                    "tries": [{"at": "2026-03-02T09:00:01.500Z", "ms": 12, "status": 422, "answer": "<b>no such client</b>"}]}]}}
                """.formatted(EVENT));
        return MessageRow.read(item, answers);
    }

    private static String list(View view, MessageFilter filter, Found found) {
        return Html.page("messages/messages.jte", view, Map.of("filter", filter, "found", found))
                .text();
    }

    private static String page(View view, boolean answers, String body) {
        return Html.page(
                        "messages/message.jte",
                        view,
                        Map.of(
                                "eventId",
                                EVENT,
                                "found",
                                new Found(List.of(message(answers)), null, ""),
                                "hex",
                                false,
                                "body",
                                body,
                                "traceparent",
                                ""))
                .text();
    }

    @Test
    void a_list_keeps_its_filter_in_the_form_and_in_the_address_of_the_next_page() {
        // given
        MessageFilter filter = MessageFilter.of(Map.of("type", "crm.deal.created", "subject", "a b&c\"<"));

        // when
        String text = list(view(Language.EN, Right.VIEWER), filter, new Found(List.of(message(false)), "Nw", ""));

        // then
        assertThat(text)
                .contains("value=\"a b&amp;c&#34;&lt;\"")
                .contains("/messages?type=crm.deal.created&amp;subject=a%20b%26c%22%3C&amp;cursor=Nw")
                .contains("crm:deal:&lt;script&gt;&amp;")
                .doesNotContain("deal:<script>")
                .contains("context: dead letter", "02 12:00:01");
    }

    @Test
    void a_list_speaks_russian() {
        assertThat(list(
                        view(Language.RU, Right.VIEWER),
                        MessageFilter.of(Map.of()),
                        new Found(List.of(message(false)), null, "")))
                .contains("<h1>Сообщения</h1>", "context: недоставлено", "02.03.2026 12:00:01");
    }

    @Test
    void an_operator_sees_answers_and_may_decide_and_a_viewer_sees_neither() {
        // when
        String operator = page(view(Language.EN, Right.OPERATOR), true, "{\"secret\":1}");
        String viewer = page(view(Language.EN, Right.VIEWER), false, "");

        // then
        assertThat(operator)
                .contains("&lt;b&gt;no such client&lt;/b&gt;", "/dead-letters/redrive?event_id=" + EVENT, "secret");
        assertThat(viewer)
                .contains("for operators", "422")
                .doesNotContain("no such client", "/dead-letters/redrive", "/dead-letters/discard");
    }

    @Test
    void times_are_read_in_the_zone_of_the_page() {
        // given
        MessageFilter filter = MessageFilter.of(Map.of("from", "2026-03-02T12:00", "state", "delivered"));

        // when
        QueryText query = filter.toRouter(UUID.fromString(EVENT), ZoneId.of("Europe/Moscow"))
                .with("limit", 5);

        // then
        assertThat(query.toString())
                .isEqualTo("master_deal_id=" + EVENT + "&state=delivered&since=2026-03-02T09%3A00%3A00Z&limit=5");
    }

    @Test
    void bytes_are_shown_sixteen_a_line() {
        assertThat(MessagesController.hex(JsonMapper.shared().readTree("{\"client\":\"Яхта\"}"))
                        .lines())
                .containsExactly(
                        "000000  7b 22 63 6c 69 65 6e 74 22 3a 22 d0 af d1 85 d1  {\"client\":\".....",
                        "000010  82 d0 b0 22 7d                                   ...\"}");
    }

    @Test
    void a_cell_that_a_spreadsheet_would_compute_is_a_text() {
        assertThat(MessageCsv.cell("=HYPERLINK(1)")).isEqualTo("'=HYPERLINK(1)");
        assertThat(MessageCsv.cell("crm:deal:D-1")).isEqualTo("crm:deal:D-1");
    }
}
