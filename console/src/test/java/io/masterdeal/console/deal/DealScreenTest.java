package io.masterdeal.console.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.page.Language;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages as text, from what a real service and router once answered. */
class DealScreenTest {

    private static final String ZONE = "Europe/Moscow";

    @Test
    void a_page_says_where_the_deal_stands_and_what_is_missing_in_whose_hands() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            String page = platform.page(Language.EN, ZONE, Map.of());

            assertThat(page)
                    .contains("ООО «Янтарь Клиник»", "crm:deal:D-2031", "<dd>Closing</dd>", "575,000 RUB")
                    .contains("Missing for “Closed”", "<strong>Act completed</strong>", "in the hands of Docflow")
                    .contains("Left out on the way: “Lead created”")
                    .contains("/deals/" + platform.id() + "?tab=objects#o-docflow:contract:K-2031-1");
        }
    }

    @Test
    void a_page_is_russian_where_data_says_what_is_missing() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            String page = platform.page(Language.RU, ZONE, Map.of());

            assertThat(page)
                    .contains("Чего не хватает для стадии «Закрыта»", "ждём: Docflow", "Акт подписан")
                    .contains("575\u00a0000 ₽", "с <time datetime=\"2026-12-01T03:11:30")
                    .doesNotContain("Closing", "at or past");
        }
    }

    @ParameterizedTest
    @EnumSource(Tab.class)
    void every_tab_is_whole_in_both_languages(Tab tab) {
        for (String deal : new String[] {"open", "breached", "gaps"}) {
            try (RecordedPlatform platform = RecordedPlatform.of(deal)) {
                for (Language language : Language.values()) {
                    String page = platform.page(language, ZONE, Map.of("tab", tab.tag()));

                    assertThat(page)
                            .contains("</html>")
                            .doesNotContain("class=\"notice")
                            .doesNotContain("null");
                    assertThat(page).contains("?tab=" + tab.tag() + "\" aria-current=\"page\"");
                }
            }
        }
    }

    @Test
    void clocks_show_what_is_spent_and_what_is_breached() {
        try (RecordedPlatform platform = RecordedPlatform.of("breached")) {
            String page = platform.page(Language.RU, ZONE, Map.of("tab", "sla"));

            assertThat(page).contains("От брифа до предложения", "нарушен", "193", "01.12.2026 06:10:45");
        }
    }

    @Test
    void what_people_wrote_is_escaped() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            // given
            String evil = "<script>alert('1')</script>\"\u202e";
            ObjectNode attributes = (ObjectNode) platform.answers().path("deal").path("attributes");
            attributes.put("client", evil);
            for (JsonNode object : platform.answers().path("objects").path("items")) {
                ((ObjectNode) object).put("key", "docflow:contract:" + evil).put("status", evil);
            }

            // when
            String page = platform.page(Language.EN, ZONE, Map.of("tab", "objects"));

            // then
            assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert");
            assertThat(page).doesNotContain("id=\"o-docflow:contract:<");
        }
    }

    @Test
    void a_name_of_ten_thousand_characters_is_shown() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            ((ObjectNode) platform.answers().path("deal").path("attributes")).put("client", "Ы".repeat(10_000));

            assertThat(platform.page(Language.RU, ZONE, Map.of())).contains("Ы".repeat(10_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"whyall", "facts", "objects", "sla", "effects", "messages", "revisions"})
    void what_does_not_answer_is_named_and_the_rest_stays(String part) {
        try (RecordedPlatform platform = RecordedPlatform.of("breached")) {
            // given
            platform.answers().remove(part);
            String tab = Map.of("whyall", "why", "effects", "commands", "messages", "deliveries")
                    .getOrDefault(part, part);

            // when
            String page = platform.page(Language.EN, ZONE, Map.of("tab", tab));

            // then
            assertThat(page).contains("<dd>Closed</dd>", "recorded as &lt;missing&gt;");
        }
    }

    @Test
    void without_the_service_the_page_shows_the_newest_event_and_says_so() {
        try (RecordedPlatform platform = RecordedPlatform.of("gaps")) {
            // given
            platform.stopService(DealHead.read(platform.answers().path("deal")).card());

            // when
            String page = platform.page(Language.EN, ZONE, Map.of());

            // then
            assertThat(page)
                    .contains("The service does not answer", "ПАО «Тихая Гавань»", "<dd>closed</dd>", "</svg>")
                    .contains("The service did not answer this part");
            assertThat(platform.page(Language.EN, ZONE, Map.of("tab", "deliveries")))
                    .contains("Messages of this deal");
        }
    }

    @Test
    void an_earlier_instant_is_typed_in_the_time_zone_of_the_page_and_said_on_it() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            // when
            String page = platform.page(Language.EN, ZONE, Map.of("known_at", "2026-12-01T06:11:20"));

            // then
            assertThat(platform.asked())
                    .contains("/service/masterdeal/" + platform.id() + "?known_at=2026-12-01T03:11:20Z");
            assertThat(page)
                    .contains("This is what was known at 2026-12-01 06:11:20", "What was learned since")
                    .contains("&amp;known_at=2026-12-01T03:11:20Z")
                    .doesNotContain("data-live=\"deals\"");
        }
    }

    @Test
    void a_text_that_is_no_instant_is_refused_with_what_to_do() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            assertThat(platform.page(Language.EN, ZONE, Map.of("known_at", "yesterday")))
                    .contains("That is not an instant", "2026-05-03T18:00");
        }
    }

    @Test
    void a_deal_that_nobody_knows_is_absent() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            assertThat(platform.pageOf("crm:deal:D-none").text()).contains("No such deal", "crm:deal:D-none");
        }
    }

    @Test
    void facts_can_be_those_of_one_system() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            String page = platform.page(Language.EN, ZONE, Map.of("tab", "facts", "domain", "legal"));

            String table = page.substring(page.indexOf("id=\"deal-tab\""));
            assertThat(table).contains("legal.started").doesNotContain("crm.deal.updated");
        }
    }

    @Test
    void programs_get_what_the_page_shows() {
        try (RecordedPlatform platform = RecordedPlatform.of("open")) {
            platform.answers().remove("effects");

            Map<String, Object> json = platform.json(Map.of("tab", "commands"));

            assertThat(json).containsEntry("master_deal_id", platform.id()).containsKeys("deal", "why");
            assertThat(json.get("unanswered")).asString().startsWith("{commands=");
        }
    }
}
