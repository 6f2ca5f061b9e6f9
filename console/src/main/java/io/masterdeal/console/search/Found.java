package io.masterdeal.console.search;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.deals.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param text searched for
 * @param hits what has it as its key
 * @param cards the first deals that have its words
 * @param total how many deals have its words
 * @param silent who was asked and did not answer, and why
 */
public record Found(String text, List<Hit> hits, List<Card> cards, int total, List<String> silent) {
    /** The page of the one thing that was found; null if there is nothing, or more than one. */
    @Nullable
    String only() {
        if (hits.size() + total != 1) {
            return null;
        }
        return hits.isEmpty()
                ? "/deals/" + cards.getFirst().id()
                : hits.getFirst().path();
    }

    /** The list of all deals with its words. */
    public String allDeals() {
        return Query.EMPTY.and("q", text).at("/deals");
    }
}
