package io.masterdeal.benchmarks.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recorded table, and the statements that write many of its rows at once.
 *
 * @param name its name, in the schema of the service
 * @param columns all of them, in the table's order
 */
record RecordedTable(String name, List<RecordedColumn> columns) {

    /** The timestamp that every change of a row updates; the others say when the row was created. */
    private static final String MOVING_STAMP = "updated_at";

    RecordedTable {
        columns = List.copyOf(columns);
    }

    /** The columns whose values are sent, in the order of the parameters of {@link #insert}. */
    List<RecordedColumn> sent() {
        return columns.stream().filter(RecordedColumn::isSent).toList();
    }

    /** The columns of the primary key, in the order of the parameters of {@link #delete}. */
    List<RecordedColumn> keys() {
        return columns.stream().filter(RecordedColumn::isKey).toList();
    }

    /**
     * A statement that adds rows, one array per column.
     *
     * @param replacing whether some of the rows may exist already
     */
    String insert(boolean replacing) {
        List<RecordedColumn> given = columns.stream()
                .filter(column -> column.isSent() || !column.isStamp())
                .toList();
        String values = given.stream().map(RecordedTable::value).collect(Collectors.joining(", "));
        // The numbers that PostgreSQL gave the recorded rows by itself are given here.
        String statement = "INSERT INTO " + name + " (" + names(given) + ") OVERRIDING SYSTEM VALUE SELECT " + values
                + from(sent());
        if (!replacing) {
            return statement;
        }
        List<String> set = new ArrayList<>();
        for (RecordedColumn column : columns) {
            if (column.isSent() && !column.isKey()) {
                set.add(column.name() + " = excluded." + column.name());
            } else if (column.isStamp() && column.name().equals(MOVING_STAMP)) {
                set.add(column.name() + " = transaction_timestamp()");
            }
        }
        return statement + " ON CONFLICT (" + names(keys()) + ") DO "
                + (set.isEmpty() ? "NOTHING" : "UPDATE SET " + String.join(", ", set));
    }

    /** A statement that removes rows, one array per column of the key. */
    String delete() {
        String same = keys().stream()
                .map(key -> "d." + key.name() + " = " + value(key))
                .collect(Collectors.joining(" AND "));
        return "DELETE FROM " + name + " d USING " + from(keys()).substring(" FROM ".length()) + " WHERE " + same;
    }

    private static String names(List<RecordedColumn> columns) {
        return columns.stream().map(RecordedColumn::name).collect(Collectors.joining(", "));
    }

    private static String from(List<RecordedColumn> columns) {
        String places = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
        return " FROM unnest(" + places + ") AS t (" + names(columns) + ")";
    }

    private static String value(RecordedColumn column) {
        if (column.isSent()) {
            return "t." + column.name() + (column.form().isOf(column.type()) ? "" : "::" + column.type());
        }
        String constant = column.constant();
        String literal = constant == null ? "NULL" : "'" + constant.replace("'", "''") + "'";
        return literal + "::" + column.type();
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeInt(columns.size());
        for (RecordedColumn column : columns) {
            column.write(out);
        }
    }

    static RecordedTable read(DataInput in) throws IOException {
        String name = in.readUTF();
        List<RecordedColumn> columns = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            columns.add(RecordedColumn.read(in));
        }
        return new RecordedTable(name, columns);
    }
}
