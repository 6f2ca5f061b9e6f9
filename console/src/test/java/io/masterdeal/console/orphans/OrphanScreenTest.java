package io.masterdeal.console.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RecordedResponse;
import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrphanScreenTest {

    private static final String LIST = """
            {"items":[{"object":"legal:case:<b>7</b>","system":"legal","kind":"legal:case","reason":"unknown_parent",
            "parent":"docflow:contract:K-9","facts":2,"waiting_since":"2026-04-05T08:00:00.000Z","age_seconds":90000,
            "dismissed":false},{"object":"legal:case:=8","system":"legal","kind":"legal:case","reason":"no_parent","facts":1,
            "waiting_since":"2026-04-05T08:00:00.000Z","age_seconds":90000,"dismissed":false}],"next":"abc"}""";

    private final StubbedRoles roles =
            new StubbedRoles().on("GET /orphans", LIST).on("GET /orphans/counts", """
                    {"items":[{"system":"legal","reason":"unknown_parent","orphans":5,"dismissed":2},
                    {"system":"media","reason":"no_parent","orphans":1200,"dismissed":0}]}""");

    private final OrphanScreen screen = new OrphanScreen(roles.roles());

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void the_list_tells_reasons_ages_and_numbers_in_both_languages() {
        // when
        String english = screen.page(StubbedRoles.view(Language.EN, Right.VIEWER), Map.of())
                .text();
        String russian = screen.page(StubbedRoles.view(Language.RU, Right.VIEWER), Map.of())
                .text();

        // then
        assertThat(english)
                .contains("1,203 orphans wait", "2 put aside", "unknown parent", "1 d 1 h", "cursor=abc")
                .contains("legal:case:&lt;b&gt;7&lt;/b&gt;")
                .doesNotContain("<b>7");
        assertThat(russian).contains("1\u00a0203 сироты", "2 отложены", "родитель неизвестен", "1 д 1 ч");
    }

    @Test
    void a_selection_goes_to_the_service_and_into_the_links() {
        // when
        String page = screen.page(
                        StubbedRoles.view(Language.EN, Right.VIEWER),
                        Map.of("system", "legal", "older_than", "P1D", "dismissed", "all", "sort", "age"))
                .text();

        // then
        assertThat(roles.requests())
                .contains("GET /orphans?system=legal&older_than=P1D&dismissed=all&sort=key&limit=100");
        assertThat(page)
                .contains("/orphans?system=legal&amp;older_than=P1D&amp;dismissed=all&amp;sort=key&amp;cursor=abc");
    }

    @Test
    void a_table_for_a_spreadsheet_has_all_pages_and_no_formulas() throws Exception {
        // given
        roles.on("GET /orphans", LIST.replace(",\"next\":\"abc\"", ""));
        RecordedResponse response = new RecordedResponse();

        // when
        screen.csv(StubbedRoles.view(Language.RU, Right.VIEWER), Map.of(), response.response());

        // then
        assertThat(response.body())
                .startsWith("\ufeffobject;system;kind;reason;parent;facts;waiting_since\r\n")
                .contains("legal:case:=8;legal;legal:case;no_parent;;1;2026-04-05T08:00:00.000Z\r\n")
                .endsWith("2 строки, 2026-04-06T09:00:00Z\r\n");
    }

    @Test
    void an_operator_sees_what_can_be_done_and_a_viewer_does_not() {
        // given
        roles.on("GET /orphans/-", """
                {"orphan":{"object":"legal:case:7","reason":"unknown_parent","parent":"docflow:contract:K-9","facts":1,
                "waiting_since":"2026-04-05T08:00:00.000Z","age_seconds":90000,"dismissed":false},"facts":[],
                "candidates":[{"master_deal_id":"bf70b8cb-0500-5cf6-9768-b42fae896692","root":"crm:deal:D-1",
                "parent":"docflow:contract:K-9","evidence":[{"kind":"near_key","object":"docflow:contract:К-9","what":"К, K"}]}]}""");

        // when
        String operator = screen.one(StubbedRoles.view(Language.EN, Right.OPERATOR), "legal:case:7", "dismiss")
                .text();
        String viewer = screen.one(StubbedRoles.view(Language.EN, Right.VIEWER), "legal:case:7", "")
                .text();

        // then
        assertThat(operator)
                .contains("It is put aside.", "action=\"/orphans/dismiss\"", "Link to docflow:contract:K-9")
                .contains("name=\"_csrf\" value=\"token\"", "Almost the same key");
        assertThat(viewer).contains("Almost the same key").doesNotContain("<form class=\"act");
    }

    @Test
    void what_an_operator_does_goes_to_the_service_with_the_reason_or_shows_why_not() {
        // given
        roles.on("POST /orphans/-/dismiss", "{\"object\":\"legal:case:7\",\"orphan\":true,\"deals\":[]}")
                .on(
                        "POST /orphans/-/link",
                        "{\"status\":409,\"title\":\"no such parent\",\"detail\":\"No fact is about it.\"}");
        RecordedResponse response = new RecordedResponse();
        var view = StubbedRoles.view(Language.EN, Right.OPERATOR);

        // when
        Html done = screen.act(view, response.response(), "dismiss", "legal:case:7", "", " noise ");
        Html failed =
                screen.act(view, new RecordedResponse().response(), "link", "legal:case:7", "crm:deal:D-9", "mine");

        // then
        assertThat(done).isNull();
        assertThat(response.location()).isEqualTo("/orphans/one?key=legal%3Acase%3A7&done=dismiss");
        assertThat(roles.requests())
                .contains(
                        "POST /orphans/-/dismiss?key=legal%3Acase%3A7 {\"reason\":\"noise\"}",
                        "POST /orphans/-/link?key=legal%3Acase%3A7 {\"reason\":\"mine\",\"parent\":\"crm:deal:D-9\"}");
        assertThat(Objects.requireNonNull(failed).text()).contains("No fact is about it.");
    }

    @Test
    void a_service_that_is_away_is_named() {
        assertThat(new OrphanScreen(StubbedRoles.nobody())
                        .page(StubbedRoles.view(Language.EN, Right.VIEWER), Map.of())
                        .text())
                .contains("The service:", "masterdeal.service.url");
    }
}
