package io.masterdeal.app.replay.log;

import io.masterdeal.app.replay.mapping.Mapping;
import io.masterdeal.app.replay.mapping.MappingReader;
import io.masterdeal.app.replay.mapping.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens event logs: XES and CSV with a mapping, CloudEvents JSON lines without, each compressed by gzip or not. */
public final class EventLogs {

    private EventLogs() {}

    /**
     * Opens a log, or all logs that a mapping names.
     *
     * @param log the file to read; null reads the files that the mapping names. With a mapping it is read in place of the
     *     file of the same name, or of the only one
     * @param mapping the mapping file; null if {@code log} has events already
     * @param problems takes each item that cannot become an event, when it is read; the rest is read all the same
     * @return the events, to be closed
     * @throws io.masterdeal.app.replay.mapping.MappingException if the mapping is not usable
     * @throws EventLogException if the log is missing, has no known format, or if neither is given
     * @throws IOException if a file cannot be read
     */
    public static EventLog open(@Nullable Path log, @Nullable Path mapping, Consumer<LogProblem> problems)
            throws IOException {
        if (mapping != null) {
            return new FilesLog(mapped(log, MappingReader.read(mapping)), problems);
        }
        if (log == null) {
            throw new EventLogException("Neither a log nor a mapping is given. Give a file of events, or a mapping.");
        }
        switch (LogContent.of(log)) {
            case EVENTS, EMPTY -> {}
            case XML ->
                throw new EventLogException(log + ": an XES log needs a mapping that says what its activities mean. "
                        + "Give one (--mapping FILE).");
            case OTHER ->
                throw new EventLogException(
                        log + ": these are no events (JSON lines). If it is a csv log, give the mapping "
                                + "that says what its activities mean (--mapping FILE).");
        }
        return new FilesLog(List.of(new FilesLog.Unopened(log, () -> new JsonLinesReader(log))), problems);
    }

    private static List<FilesLog.Unopened> mapped(@Nullable Path log, Mapping mapping) throws IOException {
        List<FilesLog.Unopened> files = new ArrayList<>();
        for (Source source : log == null ? mapping.sources() : sourcesOf(log, mapping)) {
            Path file = log == null ? source.file() : log;
            checkContent(file, source.format());
            files.add(new FilesLog.Unopened(
                    file,
                    () -> source.format() == Source.Format.CSV
                            ? new CsvReader(file, mapping, source)
                            : new XesReader(file, mapping, source)));
        }
        return files;
    }

    private static List<Source> sourcesOf(Path log, Mapping mapping) {
        List<Path> files =
                mapping.sources().stream().map(Source::file).distinct().toList();
        if (files.size() == 1) {
            return mapping.sources();
        }
        List<Source> sameName = mapping.sources().stream()
                .filter(source -> source.file().endsWith(log.getFileName()))
                .toList();
        if (sameName.stream().map(Source::file).distinct().count() != 1) {
            throw new EventLogException(log
                    + ": which of the logs of the mapping this is cannot be told from its name; there are "
                    + files.stream().map(f -> f.getFileName().toString()).toList()
                    + ". Leave the log out to read them all, or name the file like one of them.");
        }
        return sameName;
    }

    private static void checkContent(Path file, Source.Format format) throws IOException {
        LogContent content = LogContent.of(file);
        if (content == LogContent.EVENTS) {
            throw new EventLogException(file + ": these are events already (JSON lines). Leave the mapping out.");
        }
        if ((content == LogContent.XML) != (format == Source.Format.XES)) {
            throw new EventLogException(file + ": the mapping says " + (format == Source.Format.XES ? "xes" : "csv")
                    + ", but the file is " + (content == LogContent.XML ? "" : "not ") + "XML. "
                    + "Correct \"format\" in the mapping, or give the right file.");
        }
    }
}
