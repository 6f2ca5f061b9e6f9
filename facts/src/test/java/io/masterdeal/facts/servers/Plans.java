package io.masterdeal.facts.servers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Watches how PostgreSQL finds what is asked over a data source: each query is explained, with its own parameters, before it
 * runs.
 */
public final class Plans {

    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    private static final Pattern WHOLE = Pattern.compile("Seq Scan on (\\w+)");

    private final DataSource dataSource;

    /** How many rows a table has; those with few may be read whole. */
    private final Map<String, Long> rows = new TreeMap<>();

    private final List<String> plans = new ArrayList<>();

    /**
     * @param database whose tables are filled and analysed
     */
    public Plans(Database database) {
        this.dataSource = database.dataSource();
        database.jdbc()
                .sql("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'"
                        + " AND relnamespace = current_schema()::regnamespace")
                .query((row, _) -> rows.put(row.getString(1), row.getLong(2)))
                .list();
    }

    /** The data source that is watched. */
    public DataSource watched() {
        return proxy(
                DataSource.class,
                dataSource,
                (method, result, _) -> result instanceof Connection connection ? watched(connection) : result);
    }

    private Connection watched(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, result, arguments) ->
                        method.getName().equals("prepareStatement") && result instanceof PreparedStatement prepared
                                ? watched(connection, String.valueOf(arguments[0]), prepared)
                                : result);
    }

    private PreparedStatement watched(Connection connection, String sql, PreparedStatement prepared) {
        List<Object[]> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, prepared, (method, result, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length >= 2) {
                parameters.add(new Object[] {method, arguments});
            } else if (method.getName().equals("executeQuery")) {
                plans.add(sql + "\n" + explain(connection, sql, parameters));
            }
            return result;
        });
    }

    private static String explain(Connection connection, String sql, List<Object[]> parameters) throws Exception {
        try (Statement settings = connection.createStatement();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS) " + sql)) {
            settings.execute("SET plan_cache_mode = force_custom_plan");
            for (Object[] each : parameters) {
                ((Method) each[0]).invoke(explain, (Object[]) each[1]);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    /** What comes after a call. */
    @FunctionalInterface
    private interface After {
        @Nullable
        Object call(Method method, @Nullable Object result, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T real, After after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    try {
                        return after.call(method, method.invoke(real, given), given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    /** Forgets what was asked so far. */
    public void forget() {
        plans.clear();
    }

    /** How many pages of 8 KiB what was asked since touched. */
    public long pages() {
        long pages = 0;
        for (String plan : plans) {
            Matcher buffers = BUFFERS.matcher(plan);
            if (buffers.find()) { // Of the top node, which sums up those below.
                pages += number(buffers.group(1)) + number(buffers.group(2));
            }
        }
        return pages;
    }

    /** Which of the tables that are not small what was asked since read whole. */
    public List<String> readWhole() {
        List<String> whole = new ArrayList<>();
        for (String plan : plans) {
            Matcher scans = WHOLE.matcher(plan);
            while (scans.find()) {
                if (rows.getOrDefault(scans.group(1), 0L) > 100) {
                    whole.add(scans.group(1));
                }
            }
        }
        return whole;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    public String toString() {
        return String.join("\n", plans);
    }
}
