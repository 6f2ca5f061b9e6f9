package io.masterdeal.console.deal;

import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.role.http.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** A deal's page, by its id or the key of any of its objects. */
@Controller
class DealPageController {

    /** Longer than any key that the service takes. */
    private static final int LONGEST = 1000;

    private final DealReader reader;

    DealPageController(DealReader reader) {
        this.reader = reader;
    }

    /** A request that cannot be read. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String key) {
            super(key);
        }

        String key() {
            return Objects.requireNonNull(getMessage());
        }
    }

    @GetMapping(path = "/deals/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @PathVariable String id, @RequestParam Map<String, String> query) {
        DealReader.Found found;
        try {
            found = reader.read(request(view, id, query));
        } catch (Unreadable e) {
            return problem(view, id, HttpStatus.BAD_REQUEST, view.text(e.key()));
        }
        DealScreen page = found.page();
        if (page == null) {
            return problem(view, id, HttpStatus.valueOf(found.status()), found.problem());
        }
        return Html.page("deal/deal.jte", view, Map.of("page", page));
    }

    @GetMapping(path = "/deals/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Map<String, Object> json(View view, @PathVariable String id, @RequestParam Map<String, String> query) {
        DealReader.Found found;
        try {
            found = reader.read(request(view, id, query));
        } catch (Unreadable e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not readable", view.text(e.key()));
        }
        DealScreen page = found.page();
        if (page == null) {
            throw new Problem(HttpStatus.valueOf(found.status()), "no such deal", found.problem());
        }
        return json(page);
    }

    private static Map<String, Object> json(DealScreen page) {
        Map<String, Object> json = new HashMap<>();
        Map<String, String> unanswered = new HashMap<>();
        json.put("master_deal_id", page.id());
        json.put("from_board", page.fromBoard());
        json.put("tab", page.request().tab().tag());
        if (page.fromBoard()) {
            json.put("deal", page.head().card());
        } else {
            json.put("deal", page.deal().body());
        }
        Instant knownAt = page.request().knownAt();
        if (knownAt != null) {
            json.put("known_at", knownAt.toString());
        }
        put("why", page.why(), json, unanswered);
        put(page.request().tab().tag(), page.part(), json, unanswered);
        put("learned", page.learned(), json, unanswered);
        json.put("facts_of_timeline", page.timeline().facts());
        json.put("unanswered", unanswered);
        return json;
    }

    private static void put(String name, DealPart part, Map<String, Object> json, Map<String, String> unanswered) {
        if (!part.isThere()) {
            unanswered.put(name, part.problem());
        } else if (!part.body().isEmpty()) {
            json.putIfAbsent(name, part.body());
        }
    }

    private static Html problem(View view, String id, HttpStatus status, String problem) {
        return Html.page(
                "deal/problem.jte", view, Map.of("id", id, "status", status.value(), "problem", problem), status);
    }

    private static DealRequest request(View view, String id, Map<String, String> query) {
        query.forEach((name, value) -> bounded(value));
        bounded(id);
        Tab tab = Tab.of(query.getOrDefault("tab", Tab.WHY.tag())).orElse(Tab.WHY);
        return new DealRequest(
                id,
                tab,
                instant(view, query.getOrDefault("known_at", "")),
                instant(view, query.getOrDefault("at", "")),
                query.get("cursor"),
                query.getOrDefault("domain", ""),
                view.now());
    }

    private static void bounded(String text) {
        if (text.length() > LONGEST) {
            throw new Unreadable("deal.too_long");
        }
    }

    private static @Nullable Instant instant(View view, String typed) {
        return typed.isBlank()
                ? null
                : Instants.typed(typed.strip(), view.zone()).orElseThrow(() -> new Unreadable("deal.no_instant"));
    }
}
