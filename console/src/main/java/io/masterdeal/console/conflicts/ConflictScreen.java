package io.masterdeal.console.conflicts;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.CsvTable;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.QueryPath;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleJson;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** Event ids that came with more than one content: the list, and the contents of one side by side. */
@Controller
class ConflictScreen {

    /** How many a page looks through, since the service has no filter for them. */
    private static final int LOOKED_AT = 500;

    private final Roles roles;

    ConflictScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/conflicts", produces = MediaType.TEXT_HTML_VALUE)
    Html page(
            View view,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String cursor) {
        ConflictChoice choice = new ConflictChoice(system.strip(), type.strip(), cursor);
        ListAnswer found = found(choice);
        return Html.page(
                "conflicts/conflicts.jte",
                view,
                Map.of(
                        "choice",
                        choice,
                        "found",
                        found,
                        "conflicts",
                        found.items().stream().map(ContentComparison::of).toList()));
    }

    private ListAnswer found(ConflictChoice choice) {
        return ListAnswer.of(
                        RoleName.SERVICE,
                        roles.get(
                                RoleName.SERVICE,
                                QueryPath.of("/conflicts")
                                        .with("limit", Integer.toString(LOOKED_AT))
                                        .with("cursor", choice.cursor())
                                        .toString()))
                .only(choice::wants);
    }

    @GetMapping(path = "/conflicts", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ListAnswer json(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String cursor) {
        return found(new ConflictChoice(system.strip(), type.strip(), cursor));
    }

    @GetMapping("/conflicts.csv")
    void csv(
            View view,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String type,
            HttpServletResponse response)
            throws IOException {
        List<String> columns = List.of(
                "event_id",
                "content_hash",
                "type",
                "subject",
                "status",
                "occurred_at",
                "source",
                "origin",
                "received_at");
        try (CsvTable table = CsvTable.to(response, view, "conflicts", columns)) {
            ConflictChoice choice = new ConflictChoice(system.strip(), type.strip(), "");
            ListAnswer found;
            do {
                found = found(choice);
                for (JsonNode conflict : found.items()) {
                    for (JsonNode content : conflict.path("contents")) {
                        table.row(columns.stream()
                                .map(column -> content.path(column).asString(""))
                                .toList());
                    }
                }
                if (!found.problem().isEmpty()) {
                    table.fault(found.problem());
                }
                choice = choice.from(found.next());
            } while (found.hasMore());
        }
    }

    @GetMapping(path = "/conflicts/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html one(View view, @PathVariable String id) {
        RoleAnswer answer = ask(id);
        return Html.page(
                "conflicts/conflict.jte",
                view,
                Map.of("id", id, "answer", answer, "comparison", ContentComparison.of(id, answer.body())),
                answer.isAbsent() ? HttpStatus.NOT_FOUND : HttpStatus.OK);
    }

    private RoleAnswer ask(String id) {
        return roles.get(RoleName.SERVICE, "/facts/" + QueryPath.encoded(id));
    }

    @GetMapping(path = "/conflicts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> oneAsJson(@PathVariable String id) {
        return RoleJson.of(RoleName.SERVICE, ask(id));
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry conflictsEntry() {
            return new MenuEntry(45, "/conflicts", "conflicts.title", Right.VIEWER);
        }
    }
}
