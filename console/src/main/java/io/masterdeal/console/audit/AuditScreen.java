package io.masterdeal.console.audit;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.CsvTable;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** Who did what, when, why, and what came of it, in all roles. */
@Controller
class AuditScreen {

    private static final int PAGE = 100;

    /** A role looks at 2,000 actions a page: so many pages are looked through for a rare person or action. */
    private static final int MOST_PAGES = 20;

    private final Roles roles;

    AuditScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/audit", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> given) {
        AuditChoice choice = AuditChoice.of(given);
        AuditTrail trail = trail(view, choice, PAGE);
        return Html.page(
                "audit/audit.jte", view, Map.of("choice", choice, "trail", trail, "operations", operations(trail)));
    }

    private AuditTrail trail(View view, AuditChoice choice, int limit) {
        List<ListAnswer> pages = new ArrayList<>();
        for (RoleName role : RoleName.values()) {
            pages.add(pages(role, view, choice, limit));
        }
        return AuditTrail.of(pages);
    }

    /** A role may answer with few of many: then more is asked for. */
    private ListAnswer pages(RoleName role, View view, AuditChoice choice, int limit) {
        List<JsonNode> items = new ArrayList<>();
        ListAnswer page = new ListAnswer(role, List.of(), "", "");
        for (int i = 0; i < MOST_PAGES && items.size() < limit; i++) {
            page = ListAnswer.of(role, roles.get(role, choice.request(view.zone(), page.next(), limit)));
            items.addAll(page.items());
            if (!page.hasMore()) {
                break;
            }
        }
        return new ListAnswer(role, items, page.next(), page.problem());
    }

    /** The newest operations of the roles, by id: what came of actions that concern many things. */
    private Map<String, JsonNode> operations(AuditTrail trail) {
        Map<String, JsonNode> operations = new HashMap<>();
        for (RoleName role : RoleName.values()) {
            if (trail.entries().stream()
                    .anyMatch(entry ->
                            entry.role() == role && !entry.text("operation").isEmpty())) {
                ListAnswer.of(role, roles.get(role, "/operations?limit=1000"))
                        .items()
                        .forEach(it -> operations.put(it.path("id").asString(""), it));
            }
        }
        return operations;
    }

    @GetMapping(path = "/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    AuditTrail json(View view, @RequestParam Map<String, String> given) {
        return trail(view, AuditChoice.of(given), PAGE);
    }

    @GetMapping("/audit.csv")
    void csv(View view, @RequestParam Map<String, String> given, HttpServletResponse response) throws IOException {
        List<String> columns = List.of(
                "acted_at", "role", "acted_by", "principal", "action", "selection", "reason", "items", "operation");
        try (CsvTable table = CsvTable.to(response, view, "audit", columns)) {
            AuditChoice choice = AuditChoice.of(given).before("");
            AuditTrail trail;
            do {
                trail = trail(view, choice, 1000);
                for (AuditEntry entry : trail.entries()) {
                    table.row(columns.stream()
                            .map(column -> switch (column) {
                                case "role" -> entry.role().text();
                                case "selection" -> String.join("; ", entry.selection());
                                default -> entry.text(column);
                            })
                            .toList());
                }
                for (String problem : trail.problems().values()) {
                    table.fault(problem);
                }
                choice = choice.before(trail.before());
            } while (!trail.before().isEmpty());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry auditEntry() {
            return new MenuEntry(80, "/audit", "audit.title", Right.VIEWER);
        }
    }
}
