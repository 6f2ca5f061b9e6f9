package io.masterdeal.benchmarks.control;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the transactions of a recording, one after the other. */
final class RecordingReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final DataInputStream in;

    private final List<RecordedTable> tables;

    RecordingReader(Path data, List<RecordedTable> tables) throws IOException {
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(data), BUFFER_BYTES));
        this.tables = tables;
    }

    /** The next transaction; null after the last one. */
    @Nullable
    RecordedTransaction next() throws IOException {
        int events = in.readInt();
        if (events == RecordingWriter.END) {
            return null;
        }
        List<RowGroup> rows = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            rows.add(rows());
        }
        List<RecordedTransaction.Message> messages = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            messages.add(new RecordedTransaction.Message(in.readInt(), ValueForm.readBytes(in)));
        }
        return new RecordedTransaction(events, rows, messages);
    }

    private RowGroup rows() throws IOException {
        RecordedTable table = tables.get(in.readInt());
        RowGroup.Change change = RowGroup.Change.of(in.readByte());
        int[] hashes = new int[in.readInt()];
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = in.readInt();
        }
        List<@Nullable Object[]> columns = new ArrayList<>();
        for (RecordedColumn column : table.columns()) {
            if (column.isKey() || change != RowGroup.Change.REMOVE) {
                @Nullable Object[] values = column.form().array(hashes.length);
                for (int row = 0; row < hashes.length; row++) {
                    values[row] = column.form().read(in);
                }
                if (column.isSent()) {
                    columns.add(values);
                }
            }
        }
        return new RowGroup(table, change, hashes, columns);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
