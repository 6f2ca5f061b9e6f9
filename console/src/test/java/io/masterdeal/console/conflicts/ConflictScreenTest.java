package io.masterdeal.console.conflicts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConflictScreenTest {

    private static final String CONTENTS = """
            [{"event_id":"11111111-1111-4111-8111-111111111111","content_hash":"a","type":"crm.deal.created",
            "subject":"crm:deal:D-1","status":"Deal Created","attributes":{"amount":"1","client":"A & B"},"links":["x:y:z"],
            "source":"/crm","received_at":"2026-04-05T08:00:00.000Z"},
            {"event_id":"11111111-1111-4111-8111-111111111111","content_hash":"b","type":"crm.deal.created",
            "subject":"crm:deal:D-1","status":"Deal Created","attributes":{"amount":"2","client":"A & B"},
            "source":"/crm","received_at":"2026-04-05T09:00:00.000Z"}]""";

    private final StubbedRoles roles = new StubbedRoles()
            .on(
                    "GET /conflicts",
                    "{\"items\":[{\"event_id\":\"11111111-1111-4111-8111-111111111111\",\"contents\":" + CONTENTS
                            + "}]}")
            .on("GET /facts/11111111-1111-4111-8111-111111111111", CONTENTS);

    private final ConflictScreen screen = new ConflictScreen(roles.roles());

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void the_list_says_in_what_the_contents_differ() {
        assertThat(screen.page(StubbedRoles.view(Language.EN, Right.VIEWER), "", "", "")
                        .text())
                .contains("1 conflict on this page", "attributes.amount, links")
                .doesNotContain("attributes.client");
        assertThat(screen.page(StubbedRoles.view(Language.RU, Right.VIEWER), "", "", "")
                        .text())
                .contains("1 конфликт на этой странице", "attributes.amount, связи");
    }

    @Test
    void a_filter_by_system_or_type_leaves_others_out() {
        assertThat(screen.json("crm", "crm.deal.", "").items()).hasSize(1);
        assertThat(screen.json("legal", "", "").items()).isEmpty();
        assertThat(screen.json("crm", "crm.client", "").items()).isEmpty();
    }

    @Test
    void contents_stand_side_by_side_with_what_differs_first() {
        // when
        String page = screen.one(StubbedRoles.view(Language.EN, Right.VIEWER), "11111111-1111-4111-8111-111111111111")
                .text();

        // then
        assertThat(page).contains("2 contents under one event id.", "A &amp; B");
        assertThat(page.indexOf("attributes.amount")).isLessThan(page.indexOf("attributes.client"));
        assertThat(page.split("class=\"differs\"", -1)).hasSize(5);
    }
}
