package io.masterdeal.benchmarks.control;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of the service wrote: which rows each of its transactions left behind, and the canonical events it handed to
 * the relay. It is kept in two files, since it may be much larger than memory.
 *
 * @param directory where the files lie
 * @param schema the schema of the service it was recorded from
 * @param tables the tables it has rows of
 * @param transactions how many there are
 * @param events how many new statements they stored
 * @param rows how many rows they write; one that several of them write counts once for each
 * @param messages how many canonical events
 */
public record Recording(
        Path directory,
        String schema,
        List<RecordedTable> tables,
        long transactions,
        long events,
        long rows,
        long messages) {

    private static final String HEADER = "recording.header";

    private static final String DATA = "recording.data";

    /** Copies the list. */
    public Recording {
        tables = List.copyOf(tables);
    }

    /** The end state of a platform on which this recording was made or replayed; nothing may run there any more. */
    public EndState endState(MeasuredPlatform platform) throws SQLException {
        return EndState.of(platform, schema, tables);
    }

    static Path data(Path directory) {
        return directory.resolve(DATA);
    }

    RecordingReader read() throws IOException {
        return new RecordingReader(data(directory), tables);
    }

    void write() throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(directory.resolve(HEADER))))) {
            out.writeUTF(schema);
            out.writeInt(tables.size());
            for (RecordedTable table : tables) {
                table.write(out);
            }
            out.writeLong(transactions);
            out.writeLong(events);
            out.writeLong(rows);
            out.writeLong(messages);
        }
    }

    /** Opens the recording in a directory. */
    static Recording open(Path directory) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(directory.resolve(HEADER))))) {
            String schema = in.readUTF();
            List<RecordedTable> tables = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                tables.add(RecordedTable.read(in));
            }
            return new Recording(directory, schema, tables, in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
    }
}
