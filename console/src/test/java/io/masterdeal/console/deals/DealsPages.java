package io.masterdeal.console.deals;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The page of the list without a server. */
@NullMarked
public final class DealsPages {

    private DealsPages() {}

    static DealsController controller(Board board) {
        return new DealsController(
                board, new SavedViews(JdbcClient.create(new DriverManagerDataSource("jdbc:nothing:here"))));
    }

    public static Html page(Board board, View view, SavedView... saved) {
        return controller(board).page(view, List.of(saved), "");
    }
}
