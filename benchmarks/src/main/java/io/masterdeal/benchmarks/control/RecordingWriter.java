package io.masterdeal.benchmarks.control;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a recording, one transaction after the other. */
final class RecordingWriter implements AutoCloseable {

    /** Marks the end, in place of the next transaction's number of events. */
    static final int END = -1;

    private static final int BUFFER_BYTES = 1 << 20;

    /** A new row in one of these is a new statement. */
    private static final Set<String> STATEMENTS = Set.of("facts", "retractions");

    private final Path directory;

    private final String schema;

    private final List<RecordedTable> tables;

    private final DataOutputStream out;

    /** The value each column has had so far, if it has always been the same; by table and column. */
    private final List<List<Seen>> seen = new ArrayList<>();

    private long transactions;

    private long events;

    private long rows;

    private long messages;

    /** What a column has held so far. */
    private static final class Seen {
        private boolean any;
        private boolean several;
        private byte @Nullable [] first;

        void look(byte @Nullable [] value) {
            if (!any) {
                any = true;
                first = value;
            } else if (!several && !Arrays.equals(first, value)) {
                several = true;
                first = null;
            }
        }
    }

    RecordingWriter(Path directory, String schema, List<RecordedTable> tables) throws IOException {
        this.directory = directory;
        this.schema = schema;
        this.tables = tables;
        this.out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(Recording.data(directory)), BUFFER_BYTES));
        tables.forEach(
                table -> seen.add(table.columns().stream().map(_ -> new Seen()).toList()));
    }

    /** Writes what a transaction did; nothing if it did nothing. */
    void add(List<RowChanges> changed, List<RecordedTransaction.Message> sent) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (RowChanges each : changed) {
            groups.addAll(groups(each));
        }
        if (groups.isEmpty() && sent.isEmpty()) {
            return;
        }
        int known = groups.stream()
                .filter(group -> STATEMENTS.contains(group.table().name()))
                .mapToInt(group -> (int) group.changes().values().stream()
                        .filter(it -> !it.wasThere())
                        .count())
                .sum();
        out.writeInt(known);
        out.writeInt(groups.size());
        for (Group group : groups) {
            write(group);
        }
        out.writeInt(sent.size());
        for (RecordedTransaction.Message message : sent) {
            out.writeInt(message.hash());
            ValueForm.writeBytes(out, message.content());
        }
        transactions++;
        events += known;
        messages += sent.size();
    }

    private record Group(RecordedTable table, RowGroup.Change change, Map<String, RowChanges.Change> changes) {}

    /** Deletions come first: an inserted row may take the place of a deleted one. */
    private static List<Group> groups(RowChanges changed) {
        Map<String, RowChanges.Change> all = changed.take();
        boolean replaces = all.values().stream().anyMatch(it -> it.row() != null && it.wasThere());
        RowGroup.Change put = replaces ? RowGroup.Change.PUT : RowGroup.Change.ADD;
        Map<RowGroup.Change, Map<String, RowChanges.Change>> sorted = new EnumMap<>(RowGroup.Change.class);
        all.forEach((key, change) -> sorted.computeIfAbsent(
                        change.row() == null ? RowGroup.Change.REMOVE : put, _ -> new LinkedHashMap<>())
                .put(key, change));
        List<Group> groups = new ArrayList<>();
        for (RowGroup.Change change : List.of(RowGroup.Change.REMOVE, put)) {
            if (sorted.containsKey(change)) {
                groups.add(new Group(changed.table(), change, Objects.requireNonNull(sorted.get(change))));
            }
        }
        return groups;
    }

    private void write(Group group) throws IOException {
        int table = tables.indexOf(group.table());
        out.writeInt(table);
        out.writeByte(group.change().code());
        out.writeInt(group.changes().size());
        for (String key : group.changes().keySet()) {
            out.writeInt(key.hashCode());
        }
        rows += group.changes().size();
        if (group.change() == RowGroup.Change.REMOVE) {
            writeKeys(group);
            return;
        }
        for (int column = 0; column < group.table().columns().size(); column++) {
            ValueForm form = group.table().columns().get(column).form();
            for (RowChanges.Change change : group.changes().values()) {
                byte @Nullable [] value = Objects.requireNonNull(change.row()).get(column);
                seen.get(table).get(column).look(value);
                form.write(out, value);
            }
        }
    }

    private void writeKeys(Group group) throws IOException {
        List<RecordedColumn> keys = group.table().keys();
        for (int column = 0; column < keys.size(); column++) {
            for (String key : group.changes().keySet()) {
                keys.get(column).form().write(out, key.split("\n", -1)[column].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Ends the recording. */
    Recording finish() throws IOException {
        out.writeInt(END);
        out.flush();
        List<RecordedTable> known = new ArrayList<>();
        for (int table = 0; table < tables.size(); table++) {
            List<RecordedColumn> columns = new ArrayList<>();
            for (int column = 0; column < tables.get(table).columns().size(); column++) {
                RecordedColumn it = tables.get(table).columns().get(column);
                Seen values = seen.get(table).get(column);
                columns.add(
                        values.several
                                ? it
                                : it.withConstant(
                                        values.first == null
                                                ? null
                                                : new String(values.first, StandardCharsets.UTF_8)));
            }
            known.add(new RecordedTable(tables.get(table).name(), columns));
        }
        Recording recording = new Recording(directory, schema, known, transactions, events, rows, messages);
        recording.write();
        return recording;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
