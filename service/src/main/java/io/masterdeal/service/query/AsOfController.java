package io.masterdeal.service.query;

import io.masterdeal.facts.KnownFacts.Knowledge;
import io.masterdeal.facts.TooManyFactsException;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.LearnedQueries.Position;
import io.masterdeal.service.query.RulesThen.Wish;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was believed of a deal at an earlier instant, and what was learned since. */
@RestController
class AsOfController {

    private static final String ZONE = "Time zone of dates, such as Europe/Berlin; UTC if it is left out";

    private static final String RULES =
            "Which rule set judges: 'then', the one in use at that instant, or 'now', the one in use today";

    private final AsOfQueries queries;

    private final LearnedQueries learned;

    private final RulesThen rules;

    private final Clock clock;

    AsOfController(AsOfQueries queries, LearnedQueries learned, RulesThen rules, Clock clock) {
        this.queries = queries;
        this.learned = learned;
        this.rules = rules;
        this.clock = clock;
    }

    @Operation(
            summary =
                    "One deal by what was known of it at an earlier instant; also one that is not known any more. Not reproducible"
                            + " from facts alone")
    @GetMapping(path = "/masterdeal/{id}", params = "known_at")
    AsOfView get(
            @Parameter(description = "The deal's id, or the key of any object that belonged to it then") @PathVariable
                    String id,
            @Parameter(
                            description =
                                    "The instant, RFC 3339, or a date, which means its last millisecond; not in the future."
                                            + " With it the answer is that of the instant")
                    @RequestParam(name = "known_at", required = false)
                    @Nullable
                    String knownAt,
            @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
            @Parameter(description = RULES) @RequestParam(name = "rules", defaultValue = "then") String wish) {
        // Always given here; /openapi describes this question together with that about the present, which has no
        // instant.
        Instant instant = PastInstant.read("known_at", Objects.requireNonNull(knownAt), zone, clock);
        Wish wanted = Wish.read(wish);
        return bounded(() -> {
            Knowledge then = Knowledge.at(instant);
            ObjectKey root = queries.only(id, then);
            RulesThen.Choice choice = rules.at(instant, wanted);
            AsOfQueries.Believed believed = queries.believed(root, then, choice.rules());
            if (believed == null) {
                throw new Problem(
                        HttpStatus.NOT_FOUND, "no such deal then", "No fact that was known then names '" + id + "'.");
            }
            return AsOfView.of(instant, choice, believed, queries.readAgain(root, instant, clock.instant()));
        });
    }

    @Operation(
            summary =
                    "What was learned of a deal in a period: the facts and retractions that were received, in that order, and the answer"
                            + " before and after. Not reproducible from facts alone")
    @GetMapping("/masterdeal/{id}/learned")
    LearnedView learned(
            @Parameter(
                            description =
                                    "The deal's id, or the key of any object that belonged to it at the end or at the beginning")
                    @PathVariable
                    String id,
            @Parameter(
                            description =
                                    "The instant after which the period begins, RFC 3339, or a date, which means its last"
                                            + " millisecond")
                    @RequestParam
                    String from,
            @Parameter(
                            description =
                                    "The last instant of the period, in the same forms, not in the future; now if it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
            @Parameter(description = RULES) @RequestParam(name = "rules", defaultValue = "then") String wish,
            @Parameter(description = "'next' of the page before; give the same 'from' and 'to' with it")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "Facts and retractions a page, at most 1000") @RequestParam(defaultValue = "100")
                    int limit) {
        Instant first = PastInstant.read("from", from, zone, clock);
        Instant last = to == null ? present() : PastInstant.read("to", to, zone, clock);
        if (last.isBefore(first)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "no such period", "'to' is before 'from': give the earlier one as 'from'.");
        }
        Wish wanted = Wish.read(wish);
        Position after = Position.read(Page.after(cursor));
        int wantedItems = Page.limit(limit);
        return bounded(() -> {
            ObjectKey root = root(id, first, last);
            LearnedQueries.Found found = learned.between(root, first, last, after, wantedItems);
            LearnedView page = LearnedView.page(root, first, last, found, wantedItems);
            return after != null ? page : page.with(end(root, first, wanted), end(root, last, wanted));
        });
    }

    private Instant present() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private LearnedView.End end(ObjectKey root, Instant instant, Wish wish) {
        RulesThen.Choice choice = rules.at(instant, wish);
        return new LearnedView.End(choice, queries.believed(root, Knowledge.at(instant), choice.rules()));
    }

    /** A deal may be known at one end of the period only. */
    private ObjectKey root(String id, Instant from, Instant to) {
        try {
            return queries.only(id, Knowledge.at(to));
        } catch (Problem e) {
            if (e.getStatusCode() == HttpStatus.NOT_FOUND) {
                return queries.only(id, Knowledge.during(from, to));
            }
            throw e;
        }
    }

    private static <T> T bounded(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (TooManyFactsException e) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too many facts",
                    "The deal had " + e.getMessage() + " then: so many are not read for one answer."
                            + " Its present answer, and /facts/{event_id}, can be asked for all the same.",
                    e);
        }
    }
}
