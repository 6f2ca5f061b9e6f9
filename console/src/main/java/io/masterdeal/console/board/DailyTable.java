package io.masterdeal.console.board;

import io.masterdeal.role.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The trend in PostgreSQL, table {@code daily}, for reports in SQL. */
final class DailyTable {

    private static final String ADD = """
            INSERT INTO daily AS d (day, stage, currency, began, entered, exited, backward, breached, closed, amount)
            SELECT date '1970-01-01' + n.day::integer, n.stage, n.currency, n.began, n.entered, n.exited, n.backward, n.breached,
                n.closed, n.amount::numeric
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::text[]) AS n (day, stage, currency, began, entered, exited, backward, breached, closed, amount)
            ORDER BY n.day, n.stage, n.currency
            ON CONFLICT (day, stage, currency) DO UPDATE SET began = d.began + excluded.began, entered = d.entered + excluded.entered,
                exited = d.exited + excluded.exited, backward = d.backward + excluded.backward, breached = d.breached + excluded.breached,
                closed = d.closed + excluded.closed, amount = d.amount + excluded.amount
            """;

    /** Adds a difference to what is there. */
    void add(Sql sql, DayCounts change) throws SQLException {
        List<Long> days = new ArrayList<>();
        List<String> stages = new ArrayList<>();
        List<String> currencies = new ArrayList<>();
        List<List<Long>> numbers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            numbers.add(new ArrayList<>());
        }
        List<String> amounts = new ArrayList<>();
        change.forEach((key, count) -> {
            days.add((long) key.day());
            stages.add(key.stage());
            currencies.add(key.currency());
            List<Integer> each =
                    List.of(count.began, count.entered, count.exited, count.backward, count.breached, count.closed);
            for (int i = 0; i < each.size(); i++) {
                numbers.get(i).add((long) each.get(i));
            }
            amounts.add(count.amount().toPlainString());
        });
        if (days.isEmpty()) {
            return;
        }
        sql.update(
                ADD,
                new Sql.Longs(days),
                new Sql.Texts(stages),
                new Sql.Texts(currencies),
                new Sql.Longs(numbers.get(0)),
                new Sql.Longs(numbers.get(1)),
                new Sql.Longs(numbers.get(2)),
                new Sql.Longs(numbers.get(3)),
                new Sql.Longs(numbers.get(4)),
                new Sql.Longs(numbers.get(5)),
                new Sql.Texts(amounts));
    }

    /** What is there. */
    DayCounts read(Sql sql) throws SQLException {
        DayCounts counts = new DayCounts();
        sql.forEach(
                "SELECT day - date '1970-01-01', stage, currency, began, entered, exited, backward, breached, closed, amount FROM daily",
                row -> {
                    DayCount count = new DayCount();
                    count.began = row.getInt(4);
                    count.entered = row.getInt(5);
                    count.exited = row.getInt(6);
                    count.backward = row.getInt(7);
                    count.breached = row.getInt(8);
                    count.closed = row.getInt(9);
                    count.addUnits(Amounts.bigUnits(row.getBigDecimal(10)));
                    counts.change(new DayKey(row.getInt(1), row.getString(2), row.getString(3)), count, 1);
                });
        return counts;
    }
}
