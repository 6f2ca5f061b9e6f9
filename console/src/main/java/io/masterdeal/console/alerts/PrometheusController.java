package io.masterdeal.console.alerts;

import io.masterdeal.console.access.WithoutLogin;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes alerts as an Alertmanager does (its API v2), so that Prometheus needs no Alertmanager. With the key of {@code prometheus}. */
@RestController
class PrometheusController {

    /** Where Prometheus sends alerts; a path of Alertmanager's API. */
    static final String PATH = "/api/v2/alerts";

    /** The principal of Prometheus. */
    static final String PRINCIPAL = "prometheus";

    private static final int MOST = 1_000;
    private static final int LONGEST = 1_000;
    private static final int MOST_LABELS = 50;

    /** As Alertmanager's resolve_timeout. */
    private static final Duration WITHOUT_END = Duration.ofMinutes(5);

    private final AlertQueries queries;
    private final ApiKeys keys;
    private final Clock clock;

    PrometheusController(AlertQueries queries, ApiKeys keys, Clock clock) {
        this.queries = queries;
        this.keys = keys;
        this.clock = clock;
    }

    @WithoutLogin
    @PostMapping(PATH)
    void receive(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody String body) {
        String caller = keys.principal(authorization).orElse("");
        if (!caller.equals(PRINCIPAL)) {
            throw new Problem(
                    caller.isEmpty() ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN,
                    "not Prometheus",
                    "Alerts are taken with the key of 'prometheus': 'Authorization: Bearer KEY'.");
        }
        JsonNode alerts = read(body);
        Instant now = clock.instant();
        for (JsonNode alert : alerts) {
            queries.receive(incoming(alert, now), now);
        }
    }

    private static JsonNode read(String body) {
        try {
            JsonNode alerts = JsonMapper.shared().readTree(body);
            if (alerts.isArray() && alerts.size() <= MOST) {
                return alerts;
            }
        } catch (JacksonException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not JSON", "The body is a JSON array of alerts.", e);
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "not alerts", "The body is a JSON array of at most 1000 alerts.");
    }

    private static AlertQueries.Incoming incoming(JsonNode alert, Instant now) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label : alert.path("labels").properties()) {
            if (labels.size() < MOST_LABELS) {
                labels.put(cut(label.getKey()), cut(label.getValue().asString("")));
            }
        }
        String name = labels.remove("alertname");
        if (name == null || name.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no name", "An alert has the label 'alertname'.");
        }
        JsonNode annotations = alert.path("annotations");
        String summary = annotations.path("summary").asString("");
        Instant ends = instant(alert.path("endsAt").asString(""), now.plus(WITHOUT_END));
        return new AlertQueries.Incoming(
                name,
                labels,
                severity(labels.getOrDefault("severity", "")),
                cut(summary.isEmpty() ? annotations.path("description").asString("") : summary),
                cut(annotations.path("runbook_url").asString("")),
                instant(alert.path("startsAt").asString(""), now),
                ends.isBefore(Instant.EPOCH) ? now.plus(WITHOUT_END) : ends);
    }

    private static String cut(String text) {
        String clean = text.replace('\u0000', ' ');
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }

    private static Severity severity(String text) {
        try {
            return Severity.of(text);
        } catch (IllegalArgumentException _) {
            return Severity.WARN;
        }
    }

    private static Instant instant(String text, Instant otherwise) {
        try {
            return text.isEmpty()
                    ? otherwise
                    : java.time.OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            return otherwise;
        }
    }
}
