package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Finds the one deal that a caller names. */
@Component
public class DealNames {

    private static final int MOST_NAMED = 20;

    private final DealQueries deals;

    private final FactQueries facts;

    DealNames(DealQueries deals, FactQueries facts) {
        this.deals = deals;
        this.facts = facts;
    }

    /**
     * The id of a deal.
     *
     * @param id its id, or the key of any of its objects
     * @throws Problem if there is none, or more than one
     */
    public UUID only(String id) {
        return UUID.fromString(view(id).masterDealId());
    }

    /** The whole deal. */
    DealView view(String id) {
        List<DealView> found = deals.find(id, MOST_NAMED + 1);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "more than one deal",
                    "'" + id + "' belongs to several deals: "
                            + found.stream()
                                    .limit(MOST_NAMED)
                                    .map(DealView::root)
                                    .collect(Collectors.joining(", "))
                            + (found.size() > MOST_NAMED ? " and more" : "")
                            + ". Ask for one of them, or for /masterdeal?object=... to list them.");
        }
        long waiting = facts.waitingFactsOf(id);
        throw new Problem(
                HttpStatus.NOT_FOUND,
                "no such deal",
                waiting > 0
                        ? "'" + id + "' is known by " + waiting
                                + " facts, but reaches no deal yet: it is an orphan, see" + " /orphans."
                        : "No fact names '" + id + "'.");
    }
}
