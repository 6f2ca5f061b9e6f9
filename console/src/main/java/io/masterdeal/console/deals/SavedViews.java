package io.masterdeal.console.deals;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The lists that people have saved, in PostgreSQL. */
@Component
class SavedViews {
    /** More would hide in the menu what people look for. */
    static final int MOST_OF_A_PERSON = 100;

    private static final int MOST_SHARED = 200;

    private final JdbcClient sql;

    SavedViews(JdbcClient sql) {
        this.sql = sql;
    }

    /** A person's own, and then those that others share; by name. */
    List<SavedView> of(String person) {
        List<SavedView> views = new ArrayList<>();
        sql.sql("""
                        SELECT owner, name, path, shared FROM saved_views WHERE owner = :person OR shared
                        ORDER BY owner <> :person, lower(name), owner LIMIT :most""")
                .param("person", person)
                .param("most", MOST_OF_A_PERSON + MOST_SHARED)
                .query((RowCallbackHandler) row -> views.add(new SavedView(
                        row.getString("owner"),
                        row.getString("name"),
                        row.getString("path"),
                        row.getBoolean("shared"))));
        return List.copyOf(views);
    }

    /**
     * Saves a view, in the place of the owner's one of the same name.
     *
     * @return false if the owner has too many
     */
    boolean save(SavedView view) {
        return sql.sql("""
                        INSERT INTO saved_views (owner, name, path, shared)
                        SELECT :owner, :name, :path, :shared
                        WHERE (SELECT count(*) FROM saved_views WHERE owner = :owner AND name <> :name) < :most
                        ON CONFLICT (owner, name) DO UPDATE SET path = excluded.path, shared = excluded.shared""")
                        .param("owner", view.owner())
                        .param("name", view.name())
                        .param("path", view.path())
                        .param("shared", view.shared())
                        .param("most", MOST_OF_A_PERSON)
                        .update()
                == 1;
    }

    /** Removes a view of its owner; no matter if there is none. */
    void remove(String owner, String name) {
        sql.sql("DELETE FROM saved_views WHERE owner = :owner AND name = :name")
                .param("owner", owner)
                .param("name", name)
                .update();
    }
}
