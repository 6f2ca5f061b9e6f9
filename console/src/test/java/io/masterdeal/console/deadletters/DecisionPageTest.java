package io.masterdeal.console.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionPageTest {

    private static final DeadLetterFilter FILTER =
            DeadLetterFilter.of(Map.of("subscription", "crm <b>", "last_status", "422"));

    private static final DeadLetterGroup GROUP = new DeadLetterGroup(
            "crm <b>", "crm.deal.created", "refused", 422, 5, Instant.EPOCH, Instant.parse("2026-03-02T09:00:00Z"));

    private static View view(Language language, Right right) {
        return new View(
                new Person("Olga Orlova", right),
                new Look(language, ZoneOffset.UTC, Theme.LIGHT),
                Words.load(),
                new RuleSetInUse(new Roles(null, null, "key"), Clock.systemUTC()),
                List.of(),
                "/dead-letters",
                "",
                "the-token",
                Instant.parse("2026-03-02T12:00:00Z"));
    }

    private static String decision(Language language, long selected) {
        return Html.page(
                        "deadletters/decision.jte",
                        view(language, Right.OPERATOR),
                        Map.of(
                                "action",
                                "redrive",
                                "filter",
                                FILTER,
                                "reason",
                                "",
                                "problem",
                                "",
                                "decision",
                                new BulkDecision("redrive", FILTER, List.of(GROUP), selected, 0, 0, 3, List.of())))
                .text();
    }

    private static String list(Right right) {
        return Html.page(
                        "deadletters/dead_letters.jte",
                        view(Language.EN, right),
                        Map.of(
                                "filter",
                                FILTER,
                                "groups",
                                List.of(GROUP),
                                "total",
                                5L,
                                "whole",
                                true,
                                "letters",
                                List.of(),
                                "next",
                                "",
                                "problem",
                                ""))
                .text();
    }

    @Test
    void a_decision_keeps_filter_number_and_token_in_its_form() {
        assertThat(decision(Language.EN, 5))
                .contains("name=\"_csrf\" value=\"the-token\"", "name=\"expected\" value=\"5\"")
                .contains("name=\"subscription\" value=\"crm &lt;b>\"", "name=\"last_status\" value=\"422\"")
                .contains("Redrive 5 dead letters")
                .doesNotContain("name=\"typed\"");
    }

    @Test
    void above_a_thousand_the_number_is_typed() {
        assertThat(decision(Language.RU, 1001))
                .contains("name=\"typed\"", "введите число 1001")
                .contains("Отправить снова 1\u00a0001 сообщение");
    }

    @Test
    void a_viewer_sees_groups_without_buttons() {
        assertThat(list(Right.OPERATOR))
                .contains("/dead-letters/redrive?subscription=crm%20%3Cb%3E&amp;type=crm.deal.created");
        assertThat(list(Right.VIEWER))
                .contains("crm &lt;b&gt;", "5 dead letters")
                .doesNotContain("/dead-letters/redrive", "/dead-letters/discard");
    }

    @Test
    void a_selection_has_just_what_the_filter_names() {
        assertThat(FILTER.selection(null).toString()).isEqualTo("{\"subscription\":\"crm <b>\",\"last_status\":422}");
        assertThat(GROUP.filter(FILTER).query().toString())
                .isEqualTo("subscription=crm%20%3Cb%3E&type=crm.deal.created&reason_code=refused&last_status=422");
    }
}
