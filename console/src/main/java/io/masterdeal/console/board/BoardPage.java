package io.masterdeal.console.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of deals.
 *
 * @param cards in the order asked for
 * @param total how many deals the selection has
 * @param next cursor of the next page; null if this is the last
 */
public record BoardPage(
        List<Card> cards, int total, @Nullable String next) {}
