package io.masterdeal.console.board;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/** A board with given deals, for tests of pages. */
@NullMarked
public final class SeededBoard {

    private SeededBoard() {}

    public static Board of(List<String> stages, List<Card> cards) {
        ColumnBoard board = new ColumnBoard(() -> stages, java.time.Clock.systemUTC());
        board.take(cards.stream().map(card -> new CardReader.Read(card, false)).toList());
        board.becomeCurrent();
        return board;
    }
}
