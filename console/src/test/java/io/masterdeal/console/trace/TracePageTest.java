package io.masterdeal.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.messages.AttemptRow;
import io.masterdeal.console.messages.DeliveryRow;
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

class TracePageTest {

    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

    private static final TraceEvent EVENT = new TraceEvent(
            "11111111-1111-4111-8111-111111111111",
            "crm.deal.created",
            "crm:deal:<D-1>",
            AT,
            AT.plusSeconds(86_399),
            AT.plusSeconds(86_400),
            AT.plusSeconds(86_401),
            List.of(new DeliveryRow(
                    "context",
                    "delivered",
                    null,
                    0,
                    null,
                    AT.plusSeconds(86_410),
                    List.of(
                            new AttemptRow(AT.plusSeconds(86_402), 20, 503, "", 0),
                            new AttemptRow(AT.plusSeconds(86_408), 30, 204, "", 0)))),
            List.of(),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private static String page(Language language, Trace trace) {
        View view = new View(
                new Person("Olga Orlova", Right.VIEWER),
                new Look(language, ZoneOffset.UTC, Theme.LIGHT),
                Words.load(),
                new RuleSetInUse(new Roles(null, null, "key"), Clock.systemUTC()),
                List.of(),
                "/trace",
                "",
                "",
                AT);
        return Html.page(
                        "trace/trace.jte",
                        view,
                        Map.of(
                                "key",
                                new TraceKey(EVENT.id(), "", ""),
                                "trace",
                                trace,
                                "picture",
                                Waterfall.of(trace.events()),
                                "elsewhere",
                                TraceController.elsewhere("http://jaeger/trace/{trace_id}", trace)))
                .text();
    }

    @Test
    void a_trace_shows_each_step_as_a_picture_and_as_a_table() {
        // when
        String text = page(
                Language.EN,
                new Trace(List.of(EVENT), List.of(), List.of("trace.older_facts"), List.of("the router is away")));

        // then
        assertThat(text)
                .contains("crm:deal:&lt;D-1&gt;", "\u2192 context")
                .contains("taken in by the gateway", "committed by the service", "attempt to context", "+23 h 59 min")
                .contains("the router is away", "Only the newest facts of the deal are shown")
                .contains("http://jaeger/trace/0af7651916cd43dd8448eb211c80319c");
        assertThat(text.split("class=\"attempt bad\" x=", -1)).hasSize(2);
        assertThat(text.split("class=\"attempt ok\" x=", -1)).hasSize(2);
        assertThat(text).containsSubsequence(">23 h 59 min<", "2026-03-02 09:00:00", "2026-03-03 09:00:08");
    }

    @Test
    void a_trace_speaks_russian() {
        assertThat(page(Language.RU, new Trace(List.of(EVENT), List.of(), List.of(), List.of())))
                .contains("1 событие", "записано сервисом", "попытка для context", "03.03.2026 09:00:08");
    }

    @Test
    void a_trace_of_nothing_says_so() {
        assertThat(page(Language.EN, new Trace(List.of(), List.of(), List.of(), List.of())))
                .contains("Neither the service nor the router knows such events.");
    }
}
