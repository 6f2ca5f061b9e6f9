package io.masterdeal.console.alerts;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.role.http.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The list of alerts, one of them, and what people do with them. */
@Controller
class AlertController {

    private static final String FIRING = "firing";
    private static final String HISTORY = "history";
    private static final Set<String> SHOWN = Set.of(FIRING, "acknowledged", "silenced", HISTORY);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int LONGEST_REASON = 500;

    private final AlertQueries queries;
    private final Watch watch;
    private final String docs;

    AlertController(AlertQueries queries, Watch watch, Environment environment) {
        this.queries = queries;
        this.watch = watch;
        this.docs = environment.getProperty("masterdeal.console.docs-url", "");
    }

    @GetMapping(path = "/alerts", produces = MediaType.TEXT_HTML_VALUE)
    Html page(
            @RequestParam(defaultValue = FIRING) String show,
            @RequestParam(required = false) @Nullable String before,
            View view) {
        return Html.page("alerts/alerts.jte", view, Map.of("list", list(show, before, view.now())));
    }

    @GetMapping(path = "/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    AlertList json(
            @RequestParam(defaultValue = FIRING) String show,
            @RequestParam(required = false) @Nullable String before,
            View view) {
        return list(show, before, view.now());
    }

    private AlertList list(String show, @Nullable String before, Instant now) {
        if (!SHOWN.contains(show)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "no such list", "'show' is firing, acknowledged, silenced or history.");
        }
        List<Alert> firing;
        List<Silence> silences;
        List<Alert> ended = List.of();
        boolean complete = true;
        try {
            firing = queries.firing();
            silences = queries.silences(now);
            ended = show.equals(HISTORY) ? queries.ended(instant(before, now)) : List.of();
        } catch (DataAccessException _) {
            complete = false;
            silences = List.of();
            firing = watch.known().stream().filter(Alert::isFiring).toList();
        }
        return list(show, firing, silences, ended, now, complete);
    }

    private static AlertList list(
            String show, List<Alert> firing, List<Silence> silences, List<Alert> ended, Instant now, boolean complete) {
        List<Alert> silenced = firing.stream()
                .filter(alert -> silences.stream().anyMatch(silence -> silence.covers(alert, now)))
                .toList();
        List<Alert> acknowledged = firing.stream()
                .filter(alert -> !silenced.contains(alert) && alert.acknowledgedBy() != null)
                .toList();
        List<Alert> rest = firing.stream()
                .filter(alert -> !silenced.contains(alert) && alert.acknowledgedBy() == null)
                .sorted(java.util.Comparator.comparing(Alert::severity)
                        .thenComparing(Alert::firedAt, java.util.Comparator.reverseOrder()))
                .toList();
        boolean more = ended.size() > AlertQueries.PAGE;
        List<Alert> history = more ? ended.subList(0, AlertQueries.PAGE) : ended;
        List<Alert> items = switch (show) {
            case "acknowledged" -> acknowledged;
            case "silenced" -> silenced;
            case HISTORY -> history;
            default -> rest;
        };
        return new AlertList(
                show,
                items,
                rest.size(),
                acknowledged.size(),
                silenced.size(),
                silences,
                more ? history.getLast().resolvedAt() : null,
                complete);
    }

    private static Instant instant(@Nullable String text, Instant now) {
        try {
            return text == null || text.isEmpty() ? now.plusSeconds(1) : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not an instant",
                    "'before' is an instant such as 2026-11-24T00:00:00Z.",
                    e);
        }
    }

    @GetMapping(path = "/alerts/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html one(@PathVariable UUID id, View view) {
        if (view.person() != null) {
            queries.see(id, view.person().name());
        }
        return Html.page("alerts/alert.jte", view, Map.of("detail", detail(id, view.now())));
    }

    @GetMapping(path = "/alerts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    AlertDetail oneAsJson(@PathVariable UUID id, View view) {
        return detail(id, view.now());
    }

    private AlertDetail detail(UUID id, Instant now) {
        Alert alert = find(id);
        Silence silence = queries.silences(now).stream()
                .filter(each -> each.covers(alert, now))
                .findFirst()
                .orElse(null);
        List<AlertDetail.SeenBy> seen = queries.seenBy(id).stream()
                .map(each -> new AlertDetail.SeenBy(each.person(), each.at()))
                .toList();
        return new AlertDetail(alert, silence, seen, queries.others(alert), runbook(alert));
    }

    private String runbook(Alert alert) {
        if (alert.runbook().startsWith("https://") || alert.runbook().startsWith("http://")) {
            return alert.runbook();
        }
        return docs.isEmpty() || alert.source().equals(Alert.PROMETHEUS)
                ? ""
                : docs.replaceAll("/+$", "") + "/" + alert.runbook();
    }

    private Alert find(UUID id) {
        return queries.find(id)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "no such alert", "There is no alert " + id + "."));
    }

    @Requires(Right.OPERATOR)
    @PostMapping("/alerts/{id}/acknowledge")
    ResponseEntity<Void> acknowledge(@PathVariable UUID id, View view) {
        Alert alert = find(id);
        if (!queries.acknowledge(id, person(view).name()) && !alert.isFiring()) {
            throw new Problem(HttpStatus.CONFLICT, "it has ended", "The alert does not fire any more.");
        }
        return to("/alerts/" + id);
    }

    /** An operator may silence one alert; all of a rule only an administrator. */
    @Requires(Right.OPERATOR)
    @PostMapping("/alerts/{id}/silence")
    ResponseEntity<Void> silence(
            @PathVariable UUID id,
            @RequestParam String hours,
            @RequestParam String reason,
            @RequestParam(defaultValue = "false") boolean rule,
            View view) {
        Alert alert = find(id);
        if (rule && !view.may(Right.ADMIN)) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not allowed",
                    "Only an administrator may silence all alerts of a rule; silence this one.");
        }
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no reason", "'reason' has 1 to 500 characters.");
        }
        queries.silence(
                rule ? alert.rule() : "",
                rule ? "" : alert.fingerprint(),
                reason.strip(),
                person(view).name(),
                view.now().plus(length(hours)));
        return to("/alerts/" + id);
    }

    private static Duration length(String hours) {
        try {
            Duration length = Duration.ofHours(Integer.parseInt(hours));
            if (length.isPositive() && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // Answered below.
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "not a length", "'hours' is a number from 1 to 720.");
    }

    @Requires(Right.OPERATOR)
    @PostMapping("/alerts/silences/{id}/end")
    ResponseEntity<Void> endSilence(@PathVariable UUID id, View view) {
        if (!queries.endSilence(id, person(view).name())) {
            throw new Problem(HttpStatus.NOT_FOUND, "no such silence", "The silence has ended, or there is none.");
        }
        return to("/alerts?show=silenced");
    }

    private static Person person(View view) {
        Person person = view.person();
        if (person == null) {
            throw new Problem(HttpStatus.UNAUTHORIZED, "nobody", "Log in first.");
        }
        return person;
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
