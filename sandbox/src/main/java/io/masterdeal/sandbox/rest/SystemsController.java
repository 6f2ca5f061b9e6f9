package io.masterdeal.sandbox.rest;

import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.SystemApi;
import io.masterdeal.sandbox.system.SystemApis;
import io.masterdeal.sandbox.system.SystemJson;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The REST API of all six systems. */
@RestController
final class SystemsController {
    private static final String DOMAIN = "/{domain:crm|media|task|docflow|legal|dcm}";
    private static final String KEY = "Idempotency-Key";
    private static final String TRACE = "traceparent";

    private final SystemApis apis;
    private final BooleanSupplier overloaded;

    /** While overloaded, changes are refused, because every change is an event that has to be kept until it is sent. */
    SystemsController(SystemApis apis, BooleanSupplier overloaded) {
        this.apis = apis;
        this.overloaded = overloaded;
    }

    @PostMapping(DOMAIN + "/{kinds}")
    ResponseEntity<ObjectNode> create(
            @PathVariable String domain,
            @PathVariable String kinds,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = TRACE, required = false) @Nullable String trace,
            HttpServletRequest request) {
        return post(domain, new SystemApi.Request(List.of(kinds), JsonBodies.read(request), key, trace));
    }

    @PostMapping(DOMAIN + "/{kinds}/{id}/{action}")
    ResponseEntity<ObjectNode> act(
            @PathVariable String domain,
            @PathVariable String kinds,
            @PathVariable String id,
            @PathVariable String action,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = TRACE, required = false) @Nullable String trace,
            HttpServletRequest request) {
        var path = List.of(kinds, id, action);
        return post(domain, new SystemApi.Request(path, JsonBodies.read(request), key, trace));
    }

    @GetMapping(DOMAIN + "/{kinds}")
    ObjectNode list(
            @PathVariable String domain,
            @PathVariable String kinds,
            @RequestParam(name = "updated_since", required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        SystemApi api = apis.of(domain);
        KindModel kind = api.kind(kinds);
        return SystemJson.page(api.system()
                .list(kind.name(), since == null ? null : time(since), Cursors.after(cursor), Cursors.limit(limit)));
    }

    @GetMapping(DOMAIN + "/{kinds}/{id}")
    ObjectNode get(@PathVariable String domain, @PathVariable String kinds, @PathVariable String id) {
        SystemApi api = apis.of(domain);
        KindModel kind = api.kind(kinds);
        return SystemJson.object(api.system()
                .find(kind.name(), id)
                .orElseThrow(() -> Refusal.notFound("There is no " + kind.name() + " with the id \"" + id + "\".")));
    }

    @GetMapping(DOMAIN + "/{kinds}/{id}/history")
    ObjectNode history(@PathVariable String domain, @PathVariable String kinds, @PathVariable String id) {
        SystemApi api = apis.of(domain);
        DomainSystem system = api.system();
        return SystemJson.history(system.history(api.kind(kinds).name(), id));
    }

    private ResponseEntity<ObjectNode> post(String domain, SystemApi.Request request) {
        if (overloaded.getAsBoolean()) {
            throw Refusal.unavailable("Too many events wait for the gateway. Try again when it is back.");
        }
        SystemApi.Answer answer = apis.of(domain).post(request);
        return ResponseEntity.status(answer.status()).body(answer.body());
    }

    private static Instant time(String text) {
        try {
            return Rfc3339.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.unreadable("updated_since " + e.getMessage());
        }
    }
}
