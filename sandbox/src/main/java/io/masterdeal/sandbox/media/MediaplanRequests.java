package io.masterdeal.sandbox.media;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.text.JsonPointers;
import io.masterdeal.sandbox.rest.JsonBodies;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.SystemApi;
import io.masterdeal.sandbox.system.SystemApis;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Handles the command of MasterDeal to plan for a deal whose brief is complete. A deal that has a plan keeps it. */
@RestController
public final class MediaplanRequests {
    /** The attributes of the deal that a plan copies. */
    private static final List<String> OF_THE_DEAL = List.of("title", "amount", "currency", "starts_at", "ends_at");

    private final SystemApi api;

    /**
     * Creates the handler for the API of MediaPush.
     *
     * @param apis of all systems
     */
    public MediaplanRequests(SystemApis apis) {
        this.api = apis.of(MediaModel.DOMAIN);
    }

    @PostMapping("/media/api/mediaplan/request")
    ResponseEntity<ObjectNode> request(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "traceparent", required = false) @Nullable String trace,
            HttpServletRequest request) {
        JsonNode body = JsonBodies.read(request);
        var wanted = new SystemApi.Request(List.of("api", "mediaplan", "request"), body, key, trace);
        SystemApi.Answer answer = api.once(wanted, () -> {
            ObjectView plan = api.create("mediaplan", change(body, trace));
            return new SystemApi.Answer(
                    202, JsonNodeFactory.instance.objectNode().put("mediaplan", plan.key()));
        });
        return ResponseEntity.status(answer.status()).body(answer.body());
    }

    private static Change change(JsonNode body, @Nullable String trace) {
        String deal = body.path("deal").asString("");
        if (!DomainSystem.isKey(deal)) {
            throw Refusal.invalid(List.of(new Violation("/deal", "must be the key of a deal, such as crm:deal:D-1")));
        }
        var attributes = new TreeMap<String, String>();
        JsonNode ofDeal = body.path("attributes");
        for (String name : OF_THE_DEAL) {
            JsonNode value = ofDeal.path(name);
            if (value.isString()) {
                attributes.put(name, value.stringValue());
            } else if (!value.isMissingNode() && !value.isNull()) {
                throw Refusal.invalid(
                        List.of(new Violation(JsonPointers.child("/attributes", name), "must be a string")));
            }
        }
        var context = new Change.Context(text(body, "correlation_id"), text(body, "causation_id"), trace);
        return new Change(null, List.of(deal), Map.copyOf(attributes), context, Duration.ZERO);
    }

    private static @Nullable String text(JsonNode body, String name) {
        String text = body.path(name).asString("");
        return text.isEmpty() ? null : text;
    }
}
