package io.masterdeal.console.operations;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.messages.QueryText;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.view.RedirectView;

/** Operations of service and router: how far each is, and what became of each item. */
@Controller
class OperationsController {
    /** The latest of each role on one page. */
    private static final int MOST = 100;

    private final Roles roles;

    OperationsController(Roles roles) {
        this.roles = roles;
    }

    /**
     * The latest operations.
     *
     * @param problems of the roles that did not answer
     * @param more whether a role has more than are shown
     */
    record Latest(List<OperationRow> items, List<String> problems, boolean more) {}

    private Latest latest() {
        List<OperationRow> items = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean more = false;
        for (RoleName role : RoleName.values()) {
            RoleAnswer answer = roles.get(role, "/operations?limit=" + MOST);
            answer.body().path("items").forEach(item -> items.add(OperationRow.read(role, item)));
            more |= answer.body().has("next");
            if (!answer.isOk()) {
                problems.add(answer.problem());
            }
        }
        items.sort(Comparator.comparing(OperationRow::startedAt).reversed());
        return new Latest(items, problems, more);
    }

    @GetMapping(path = "/operations", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        Latest latest = latest();
        return Html.page(
                "operations/operations.jte",
                view,
                Map.of("operations", latest.items(), "problems", latest.problems(), "more", latest.more()));
    }

    @GetMapping(path = "/operations", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Latest json(View view) {
        return latest();
    }

    /**
     * One operation with a page of its items.
     *
     * @param operation null if no role has it
     * @param next cursor of the next page; empty on the last one
     * @param problem why something is missing; empty if nothing is
     */
    record Whole(@Nullable OperationRow operation, List<OperationItemRow> items, String next, String problem) {}

    private Whole find(String id, String cursor) {
        String path = "/operations/" + QueryText.encoded(id);
        String problem = "";
        for (RoleName role : List.of(RoleName.ROUTER, RoleName.SERVICE)) {
            RoleAnswer answer = roles.get(role, path);
            if (answer.isOk()) {
                RoleAnswer items = roles.get(
                        role,
                        new QueryText()
                                .with("cursor", cursor)
                                .with("limit", MOST)
                                .on(path + "/items"));
                return new Whole(
                        OperationRow.read(role, answer.body()),
                        items.body()
                                .path("items")
                                .valueStream()
                                .map(OperationItemRow::read)
                                .toList(),
                        JsonField.text(items.body(), "next"),
                        items.problem());
            }
            if (!answer.isAbsent() || problem.isEmpty()) {
                problem = answer.problem();
            }
        }
        return new Whole(null, List.of(), "", problem);
    }

    @GetMapping(path = "/operations/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html operation(View view, @PathVariable String id, @RequestParam Map<String, String> query) {
        return operation(view, id, find(id, query.getOrDefault("cursor", "")), HttpStatus.OK);
    }

    private static Html operation(View view, String id, Whole whole, HttpStatus status) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", id);
        values.put("operation", whole.operation());
        values.put("items", whole.items());
        values.put("next", whole.next());
        values.put("problem", whole.problem());
        return Html.page(
                "operations/operation.jte", view, values, whole.operation() == null ? HttpStatus.NOT_FOUND : status);
    }

    @GetMapping(path = "/operations/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Whole operationAsJson(View view, @PathVariable String id, @RequestParam Map<String, String> query) {
        return find(id, query.getOrDefault("cursor", ""));
    }

    @Requires(Right.OPERATOR)
    @PostMapping("/operations/{id}/stop")
    Object stop(View view, @PathVariable String id) {
        Whole whole = find(id, "");
        OperationRow operation = whole.operation();
        if (operation == null) {
            return operation(view, id, whole, HttpStatus.NOT_FOUND);
        }
        String path = "/operations/" + QueryText.encoded(id);
        String person = view.person() == null ? "" : view.person().name();
        RoleAnswer answer = roles.change(operation.role(), "POST", path + "/stop", null, person);
        if (!answer.isOk()) {
            Whole again = find(id, "");
            return operation(
                    view,
                    id,
                    new Whole(again.operation(), again.items(), again.next(), answer.problem()),
                    HttpStatus.CONFLICT);
        }
        RedirectView next = new RedirectView(path);
        next.setStatusCode(HttpStatus.SEE_OTHER);
        return next;
    }
}
