package io.masterdeal.facts;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code deal_fields}: a row for each known deal, with the attributes that deals are searched by. Whoever writes a row holds
 * the lock of the deal.
 */
final class FieldTable {

    /** The columns of texts. */
    private static final List<String> TEXTS = List.of("client", "manager", "product", "region", "currency");

    private static final String AMOUNT = "amount";

    /** Longer values would make entries of an index too long. */
    private static final int LONGEST_VALUE = 200;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");

    private final Sql sql;

    FieldTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A deal's row.
     *
     * @param attributes of the root, by name
     */
    record Row(UUID deal, ObjectKey root, Map<String, String> attributes) {}

    /** Whether the rows for these attributes of a deal differ. */
    static boolean differ(Map<String, String> attributes, Map<String, String> others) {
        return !attributes.equals(others)
                && (!Objects.equals(number(attributes), number(others))
                        || TEXTS.stream()
                                .anyMatch(name -> !Objects.equals(text(attributes, name), text(others, name))));
    }

    private static @Nullable String text(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        return value == null ? null : StoredFields.cut(value, LONGEST_VALUE);
    }

    /** The amount, if it is a plain decimal number that is not too long. */
    private static @Nullable String number(Map<String, String> attributes) {
        String value = attributes.get(AMOUNT);
        return value != null && NUMBER.matcher(value).matches() ? value : null;
    }

    /** Makes rows what they are to be; those that are so already are not written. */
    void write(Collection<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(new Sql.Uuids(column(rows, Row::deal)));
        parameters.add(new Sql.Texts(column(rows, row -> row.root().value())));
        TEXTS.forEach(name -> parameters.add(
                new Sql.Texts(FieldTable.<@Nullable String>column(rows, row -> text(row.attributes(), name)))));
        parameters.add(new Sql.Texts(FieldTable.<@Nullable String>column(rows, row -> number(row.attributes()))));
        sql.update("""
                INSERT INTO deal_fields AS f (deal_id, root_key, client, manager, product, region, currency, amount)
                SELECT deal_id, root_key, client, manager, product, region, currency, trim_scale(amount::numeric)
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (deal_id, root_key, client, manager, product, region, currency, amount)
                ON CONFLICT (deal_id) DO UPDATE SET root_key = excluded.root_key, client = excluded.client,
                    manager = excluded.manager, product = excluded.product, region = excluded.region,
                    currency = excluded.currency, amount = excluded.amount
                WHERE (f.root_key, f.client, f.manager, f.product, f.region, f.currency, f.amount) IS DISTINCT FROM
                    (excluded.root_key, excluded.client, excluded.manager, excluded.product, excluded.region,
                        excluded.currency, excluded.amount)
                """, parameters.toArray(new @Nullable Object[0]));
    }

    /** Deletes the rows of deals that are not known any more. */
    void delete(Collection<UUID> deals) throws SQLException {
        if (!deals.isEmpty()) {
            sql.update("DELETE FROM deal_fields WHERE deal_id = ANY (?)", new Sql.Uuids(deals));
        }
    }

    private static <T extends @Nullable Object> List<T> column(Collection<Row> rows, Function<Row, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
