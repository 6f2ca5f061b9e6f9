package io.masterdeal.console.deals;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.page.View;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Saves and removes lists under names. Everybody may: it changes nothing but what this person chose, or shares. */
@Controller
class SavedViewController {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PATH = 4000;

    private final SavedViews views;
    private final Board board;

    SavedViewController(SavedViews views, Board board) {
        this.views = views;
        this.board = board;
    }

    @PostMapping("/deals/views")
    @Requires(Right.VIEWER)
    ResponseEntity<Void> save(
            View view,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "false") boolean shared) {
        // Read and written again, so that nothing is saved that is no list of deals.
        String path = DealListRequest.read(Query.parse(query), board.stages(), view.zone())
                .query()
                .at("/deals");
        if (path.length() > LONGEST_PATH) {
            throw new BadFilterException("query", path, "at most " + LONGEST_PATH + " characters");
        }
        if (!views.save(new SavedView(owner(view), name(name), path, shared))) {
            throw new BadFilterException(
                    "name",
                    name,
                    "the name of a view that you have: you have " + SavedViews.MOST_OF_A_PERSON
                            + ", and more are not kept. Remove one");
        }
        return to(path);
    }

    @PostMapping("/deals/views/remove")
    @Requires(Right.VIEWER)
    ResponseEntity<Void> remove(
            View view, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String query) {
        views.remove(owner(view), name(name));
        return to(DealListRequest.read(Query.parse(query), board.stages(), view.zone())
                .query()
                .at("/deals"));
    }

    private static String name(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new BadFilterException(
                    "name", name, "1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        return stripped;
    }

    private static String owner(View view) {
        Person person = view.person();
        if (person == null) {
            throw new IllegalStateException("a view was saved by nobody");
        }
        return person.name();
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }
}
