package io.masterdeal.console.trace;

import io.masterdeal.console.messages.MessageLedger;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.Roles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Traces: the way of an event, of all events with a correlation id, or of a deal's events. */
@Controller
class TraceController {

    private static final Trace NOTHING = new Trace(List.of(), List.of(), List.of(), List.of());

    private final Roles roles;
    private final MessageLedger ledger;
    private final String traceUrl;

    /**
     * @param traceUrl address of a trace in another system, with {@code {trace_id}} in it; empty if there is none
     */
    TraceController(Roles roles, MessageLedger ledger, @Value("${masterdeal.console.trace-url:}") String traceUrl) {
        this.roles = roles;
        this.ledger = ledger;
        this.traceUrl = traceUrl;
    }

    @GetMapping(path = "/trace", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> query) {
        TraceKey key = TraceKey.of(query);
        Trace trace = find(key, view);
        return Html.page(
                "trace/trace.jte",
                view,
                Map.of(
                        "key",
                        key,
                        "trace",
                        trace,
                        "picture",
                        Waterfall.of(trace.events()),
                        "elsewhere",
                        elsewhere(traceUrl, trace)));
    }

    @GetMapping(path = "/trace", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Trace json(View view, @RequestParam Map<String, String> query) {
        return find(TraceKey.of(query), view);
    }

    private Trace find(TraceKey key, View view) {
        return key.isEmpty() ? NOTHING : new TraceSearch(roles, ledger, view).find(key);
    }

    /** The address of the trace in another system; empty if no event has a trace context, or there is no such system. */
    static String elsewhere(String traceUrl, Trace trace) {
        if (traceUrl.isEmpty()) {
            return "";
        }
        return trace.events().stream()
                .map(TraceEvent::traceparent)
                .filter(TraceController::isTraceparent)
                .findFirst()
                .map(context -> traceUrl.replace("{trace_id}", context.substring(3, 35)))
                .orElse("");
    }

    private static boolean isTraceparent(@Nullable String text) {
        return text != null && text.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");
    }
}
