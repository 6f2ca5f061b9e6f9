package io.masterdeal.effects;

import io.masterdeal.effects.EffectQueries.Place;
import io.masterdeal.effects.EffectQueries.Placed;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Effects: what was asked of other systems and what became of it. What operators decide is in {@link EffectDecisionController}. */
@RestController
@RequestMapping("/effects")
class EffectController {

    private final EffectQueries queries;

    EffectController(EffectQueries queries) {
        this.queries = queries;
    }

    @Operation(summary = "Effects by page, in the order in which they were written")
    @GetMapping
    Page<EffectView> list(
            @Parameter(description = "Only effects in this state: pending, done, suppressed, failed")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Only effects of this deal: its id, or the key of any of its objects")
                    @RequestParam(required = false)
                    @Nullable
                    String deal,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Effects a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        @Nullable UUID dealId = deal == null ? null : uuidOrNull(deal);
        @Nullable String object = deal == null || dealId != null ? null : Page.text(deal);
        List<Placed> found = queries.list(state(state), dealId, object, place(cursor), Page.limit(limit) + 1);
        Page<Placed> page = Page.of(
                found, limit, it -> it.place().micros() + "/" + it.place().id());
        return new Page<>(page.items().stream().map(Placed::view).toList(), page.next());
    }

    @Operation(summary = "One effect")
    @GetMapping("/{id}")
    EffectView get(@PathVariable String id) {
        return queries.find(id(id))
                .orElseThrow(
                        () -> new Problem(HttpStatus.NOT_FOUND, "no such effect", "There is no effect '" + id + "'."));
    }

    private static @Nullable EffectState state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(EffectState.values())
                .filter(it -> it.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        HttpStatus.BAD_REQUEST,
                        "no such state",
                        "'state' is one of pending, done, suppressed, failed."));
    }

    private static @Nullable Place place(@Nullable String cursor) {
        String after = Page.after(cursor);
        if (after == null) {
            return null;
        }
        String[] parts = after.split("/", 2);
        UUID id = parts.length == 2 ? uuidOrNull(parts[1]) : null;
        if (id == null || !parts[0].matches("\\d{1,17}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.");
        }
        return new Place(Long.parseLong(parts[0]), id);
    }

    static UUID id(String text) {
        UUID id = uuidOrNull(text);
        if (id == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an effect id", "'" + text + "' is not a UUID.");
        }
        return id;
    }

    private static @Nullable UUID uuidOrNull(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
