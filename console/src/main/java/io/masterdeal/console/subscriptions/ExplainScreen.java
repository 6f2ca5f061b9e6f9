package io.masterdeal.console.subscriptions;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleJson;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who would get an event, and why or why not; nothing is sent. */
@Controller
class ExplainScreen {

    private static final RoleAnswer NOTHING_ASKED =
            new RoleAnswer(200, JsonMapper.shared().createObjectNode(), "");

    private final Roles roles;

    ExplainScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/subscriptions/explain", produces = MediaType.TEXT_HTML_VALUE)
    Html form(View view, @RequestParam(name = "event_id", defaultValue = "") String eventId) {
        return page(view, "", eventId, eventId.isBlank() ? NOTHING_ASKED : ask(view, "", eventId));
    }

    /** It only reads, but an event may be too long for an address. */
    @Requires(Right.VIEWER)
    @PostMapping(path = "/subscriptions/explain", produces = MediaType.TEXT_HTML_VALUE)
    Html explained(
            View view,
            @RequestParam(defaultValue = "") String event,
            @RequestParam(name = "event_id", defaultValue = "") String eventId) {
        return page(view, event, eventId, ask(view, event, eventId));
    }

    @Requires(Right.VIEWER)
    @PostMapping(path = "/subscriptions/explain", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> json(
            View view,
            @RequestParam(defaultValue = "") String event,
            @RequestParam(name = "event_id", defaultValue = "") String eventId) {
        return RoleJson.of(RoleName.ROUTER, ask(view, event, eventId));
    }

    private static Html page(View view, String event, String eventId, RoleAnswer answer) {
        return Html.page(
                "subscriptions/explain.jte",
                view,
                Map.of("event", event, "eventId", eventId.strip(), "answer", answer),
                answer.isOk() || answer.isAway() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private RoleAnswer ask(View view, String event, String eventId) {
        ObjectNode question = JsonMapper.shared().createObjectNode();
        if (!event.isBlank()) {
            try {
                question.set("event", JsonMapper.shared().readTree(event));
            } catch (JacksonException e) {
                return new RoleAnswer(
                        400, question, view.text("subscriptions.explain.not.json") + " " + e.getOriginalMessage());
            }
        } else if (!eventId.isBlank()) {
            question.put("event_id", eventId.strip());
        }
        RoleAnswer answer = roles.change(
                RoleName.ROUTER,
                "POST",
                "/routes/explain",
                question.toString(),
                view.person() == null ? "" : view.person().name());
        return view.may(Right.OPERATOR) ? answer : withoutContent(answer);
    }

    /** What would be sent is only for operators; the console may see it, and asks for everybody. */
    private static RoleAnswer withoutContent(RoleAnswer answer) {
        JsonNode body = answer.body().deepCopy();
        if (body instanceof ObjectNode object) {
            object.remove("event");
        }
        for (JsonNode match : body.path("subscriptions")) {
            if (match instanceof ObjectNode object) {
                object.remove("sends");
                String to = object.path("to").asString("");
                if (to.indexOf('?') >= 0) {
                    object.put("to", to.replaceAll("\\?\\S*", "?..."));
                }
                if (to.indexOf('@') >= 0) {
                    object.put("to", object.path("to").asString("").replaceAll("//[^/@]*@", "//"));
                }
            }
        }
        return new RoleAnswer(answer.status(), body, answer.problem());
    }
}
