package io.masterdeal.console.commands;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.CsvTable;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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

/** What was asked of other systems, by state, deal and reaction. */
@Controller
class CommandScreen {

    private static final int PAGE = 100;

    /** How many are looked through for a page if the service cannot filter. */
    private static final int LOOKED_AT = 1000;

    private final Roles roles;

    CommandScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/commands", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> given) {
        CommandChoice choice = CommandChoice.of(given);
        RoleAnswer summary = roles.get(RoleName.SERVICE, "/summary");
        return Html.page(
                "commands/commands.jte",
                view,
                Map.of(
                        "choice",
                        choice,
                        "found",
                        found(choice),
                        "numbers",
                        summary.body().path("effects")));
    }

    private ListAnswer found(CommandChoice choice) {
        int limit = choice.isNarrower() ? LOOKED_AT : PAGE;
        return ListAnswer.of(RoleName.SERVICE, roles.get(RoleName.SERVICE, choice.request(limit)))
                .only(choice::wants);
    }

    @GetMapping(path = "/commands", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ListAnswer json(@RequestParam Map<String, String> given) {
        return found(CommandChoice.of(given));
    }

    @GetMapping("/commands.csv")
    void csv(View view, @RequestParam Map<String, String> given, HttpServletResponse response) throws IOException {
        List<String> columns = List.of(
                "id",
                "reaction",
                "deal",
                "master_deal_id",
                "state",
                "reason",
                "attempts",
                "last_error",
                "created_at",
                "updated_at");
        try (CsvTable table = CsvTable.to(response, view, "commands", columns)) {
            CommandChoice choice = CommandChoice.of(given).from("");
            ListAnswer found;
            do {
                found = ListAnswer.of(RoleName.SERVICE, roles.get(RoleName.SERVICE, choice.request(LOOKED_AT)))
                        .only(choice::wants);
                for (JsonNode it : found.items()) {
                    table.row(columns.stream()
                            .map(column -> it.path(column).asString(""))
                            .toList());
                }
                if (!found.problem().isEmpty()) {
                    table.fault(found.problem());
                }
                choice = choice.from(found.next());
            } while (found.hasMore());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry commandsEntry() {
            return new MenuEntry(50, "/commands", "commands.title", Right.VIEWER);
        }
    }
}
