package io.masterdeal.console.messages;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.messages.MessageLedger.Found;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages: which events were read, and what became of each for each subscription. */
@Controller
class MessagesController {

    private final MessageLedger ledger;

    MessagesController(MessageLedger ledger) {
        this.ledger = ledger;
    }

    @GetMapping(path = "/messages", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> query) {
        MessageFilter filter = MessageFilter.of(query);
        Found found = ledger.find(filter, query.getOrDefault("cursor", ""), MessageLedger.PAGE, view);
        return Html.page("messages/messages.jte", view, Map.of("filter", filter, "found", found));
    }

    @GetMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Found json(View view, @RequestParam Map<String, String> query) {
        return ledger.find(MessageFilter.of(query), query.getOrDefault("cursor", ""), MessageLedger.PAGE, view);
    }

    @GetMapping("/messages.csv")
    void csv(View view, @RequestParam Map<String, String> query, HttpServletResponse response) throws IOException {
        new MessageCsv(ledger, view).write(MessageFilter.of(query), response);
    }

    @GetMapping(path = "/messages/{eventId}", produces = MediaType.TEXT_HTML_VALUE)
    Html message(View view, @PathVariable String eventId, @RequestParam Map<String, String> query) {
        Found found = ledger.event(eventId, view);
        Map<String, Object> values = new HashMap<>();
        values.put("eventId", eventId);
        values.put("found", found);
        boolean hex = query.getOrDefault("form", "").equals("hex");
        values.put("hex", hex);
        JsonNode event =
                found.items().isEmpty() ? null : ledger.body(eventId, view).orElse(null);
        values.put("body", event == null ? "" : hex ? hex(event) : pretty(event));
        values.put("traceparent", event == null ? "" : JsonField.text(event, "traceparent"));
        boolean absent = found.items().isEmpty() && found.problem().isEmpty();
        return Html.page("messages/message.jte", view, values, absent ? HttpStatus.NOT_FOUND : HttpStatus.OK);
    }

    @GetMapping(path = "/messages/{eventId}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<MessageRow> messageAsJson(View view, @PathVariable String eventId) {
        return ledger.event(eventId, view).items();
    }

    private static String pretty(JsonNode event) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(event);
    }

    /** Sixteen bytes a line: offset, bytes, and what of them is ASCII. */
    static String hex(JsonNode event) {
        byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        HexFormat format = HexFormat.ofDelimiter(" ");
        for (int from = 0; from < bytes.length; from += 16) {
            int to = Math.min(from + 16, bytes.length);
            StringBuilder ascii = new StringBuilder();
            for (int i = from; i < to; i++) {
                ascii.append(bytes[i] >= 32 && bytes[i] < 127 ? (char) bytes[i] : '.');
            }
            text.append(String.format("%06x  %-47s  %s%n", from, format.formatHex(bytes, from, to), ascii));
        }
        return text.toString();
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry messagesEntry() {
            return new MenuEntry(30, "/messages", "messages.title", Right.VIEWER);
        }
    }
}
