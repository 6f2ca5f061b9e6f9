package io.masterdeal.app.replay.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of several files, each opened when the previous one has ended. */
final class FilesLog implements EventLog {

    /** A file that has not been opened yet. */
    record Unopened(Path file, Opener opener) {}

    @FunctionalInterface
    interface Opener {
        LogReader open() throws IOException;
    }

    private final Queue<Unopened> unopened;
    private final Queue<ReplayEvent> ready = new ArrayDeque<>();
    private final LogReader.Sink sink;
    private Path file = Path.of("");
    private @Nullable LogReader reader;
    private long problems;

    FilesLog(Collection<Unopened> files, Consumer<LogProblem> report) {
        this.unopened = new ArrayDeque<>(files);
        this.sink = new LogReader.Sink() {
            @Override
            public void event(ReplayEvent event) {
                ready.add(event);
            }

            @Override
            public void problem(LogProblem problem) {
                problems++;
                report.accept(problem);
            }
        };
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty()) {
                if (reader == null && !openNext()) {
                    return false;
                }
                if (reader != null && !reader.read(sink)) {
                    closeReader();
                }
            }
            return true;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ReplayEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is at its end");
        }
        return ready.remove();
    }

    @Override
    public long problems() {
        return problems;
    }

    @Override
    public OptionalLong total() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        unopened.clear();
        try {
            closeReader();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean openNext() throws IOException {
        Unopened next = unopened.poll();
        if (next == null) {
            return false;
        }
        file = next.file();
        reader = next.opener().open();
        return true;
    }

    private void closeReader() throws IOException {
        LogReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    private EventLogException unreadable(IOException e) {
        return new EventLogException(
                file + ": cannot be read: " + e.getMessage() + ". Check that the file is whole and may be read.", e);
    }
}
