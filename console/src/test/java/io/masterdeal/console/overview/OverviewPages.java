package io.masterdeal.console.overview;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import org.jspecify.annotations.NullMarked;

/** The overview without a server. */
@NullMarked
public final class OverviewPages {

    private OverviewPages() {}

    public static Html page(Board board, View view) {
        return new OverviewController(board, new OverviewMaker(board)).page(view);
    }
}
