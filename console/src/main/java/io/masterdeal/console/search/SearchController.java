package io.masterdeal.console.search;

import io.masterdeal.console.deals.BadFilterException;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.view.RedirectView;

/** The search box of all pages. */
@Controller
class SearchController {

    private static final int LONGEST = 500;

    private final KeySearch search;

    SearchController(KeySearch search) {
        this.search = search;
    }

    @GetMapping(path = "/search", produces = MediaType.TEXT_HTML_VALUE)
    org.springframework.web.servlet.View page(View view, @RequestParam(defaultValue = "") String q) {
        Found found = search.find(checked(q), view.now());
        String only = found.only();
        if (only != null) {
            RedirectView there = new RedirectView(only, false, false);
            there.setStatusCode(HttpStatus.SEE_OTHER);
            there.setExpandUriTemplateVariables(false);
            return there;
        }
        return Html.page("search/search.jte", view, Map.of("found", found));
    }

    @GetMapping(path = "/search", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Found json(View view, @RequestParam(defaultValue = "") String q) {
        return search.find(checked(q), view.now());
    }

    private static String checked(String q) {
        if (q.length() > LONGEST) {
            throw new BadFilterException("q", q, "a text of at most " + LONGEST + " characters");
        }
        return q.strip();
    }
}
