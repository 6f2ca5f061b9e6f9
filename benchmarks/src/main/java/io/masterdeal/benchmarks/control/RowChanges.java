package io.masterdeal.benchmarks.control;

import io.masterdeal.role.replication.WalMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The net changes of one table's rows in one transaction: of several changes of a row only the last counts. Between
 * transactions it remembers long rows, since an update does not repeat an unchanged value that is stored outside of its row.
 */
final class RowChanges {

    /**
     * Rows shorter than this are stored in one piece: PostgreSQL moves values out of rows of more than about 2000 bytes, and the
     * text counted here is not half as long as what is stored.
     */
    private static final int LONG_BYTES = 1000;

    private final RecordedTable table;

    private final Map<String, Change> changes = new LinkedHashMap<>();

    private final Map<String, List<byte @Nullable []>> longRows = new HashMap<>();

    /** For each column, in the order of the table, its position in a decoded row. */
    private int[] places = new int[0];

    RowChanges(RecordedTable table) {
        this.table = table;
    }

    /**
     * The net change of a row.
     *
     * @param row its values in the order of the table; null if it is deleted
     * @param wasThere whether it existed before the transaction
     */
    record Change(@Nullable List<byte @Nullable []> row, boolean wasThere) {}

    RecordedTable table() {
        return table;
    }

    /** Sets the order in which the columns come from now on. */
    void comeAs(WalMessage.Relation relation) {
        places = table.columns().stream()
                .mapToInt(column -> relation.columns().indexOf(column.name()))
                .toArray();
        for (int place : places) {
            if (place < 0) {
                throw new IllegalStateException("the log does not have all columns of " + table.name());
            }
        }
    }

    void insert(List<byte @Nullable []> decoded) {
        List<byte @Nullable []> row = arranged(decoded);
        put(key(row), row, false);
    }

    void update(@Nullable List<byte @Nullable []> oldKey, List<byte @Nullable []> decoded) {
        List<byte @Nullable []> row = arranged(decoded);
        String key = key(row);
        String before = oldKey == null ? key : key(arranged(oldKey));
        fill(row, before);
        if (before.equals(key)) {
            put(key, row, true);
        } else {
            remove(before);
            put(key, row, false);
        }
    }

    void delete(List<byte @Nullable []> decoded) {
        remove(key(arranged(decoded)));
    }

    private void put(String key, List<byte @Nullable []> row, boolean wasThere) {
        Change before = changes.get(key);
        changes.put(key, new Change(row, before == null ? wasThere : before.wasThere()));
        if (length(row) >= LONG_BYTES) {
            longRows.put(key, row);
        } else {
            longRows.remove(key);
        }
    }

    private void remove(String key) {
        Change before = changes.get(key);
        if (before == null || before.wasThere()) {
            changes.put(key, new Change(null, true));
        } else {
            changes.remove(key);
        }
        longRows.remove(key);
    }

    private void fill(List<byte @Nullable []> row, String key) {
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) == WalMessage.UNCHANGED) {
                List<byte @Nullable []> before = longRows.get(key);
                if (before == null) {
                    throw new IllegalStateException(
                            "an update of " + table.name() + " " + key + " leaves out a value that was never seen");
                }
                row.set(i, before.get(i));
            }
        }
    }

    private List<byte @Nullable []> arranged(List<byte @Nullable []> decoded) {
        List<byte @Nullable []> row = new ArrayList<>(places.length);
        for (int place : places) {
            row.add(decoded.get(place));
        }
        return row;
    }

    private String key(List<byte @Nullable []> row) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            byte @Nullable [] value = row.get(i);
            if (table.columns().get(i).isKey() && value != null) {
                key.append(new String(value, StandardCharsets.UTF_8)).append('\n');
            }
        }
        return key.toString();
    }

    private static int length(List<byte @Nullable []> row) {
        int length = 0;
        for (byte @Nullable [] value : row) {
            length += value == null ? 0 : value.length;
        }
        return length;
    }

    /** Returns the changes of the transaction by key, and forgets them. */
    Map<String, Change> take() {
        Map<String, Change> taken = new LinkedHashMap<>(changes);
        changes.clear();
        return taken;
    }
}
