package io.masterdeal.app.replay.mapping;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One log that a mapping reads. Made by {@link MappingReader}. */
public final class Source {

    /** How a log is written. */
    public enum Format {
        /** XES, IEEE 1849: cases are {@code trace} elements. */
        XES,
        /** RFC 4180 with a header line, in UTF-8: a row is an event, rows of one case may be scattered. */
        CSV
    }

    /** The fields of the log that each event is read from. {@code lifecycle} is null if the log has none. */
    record Columns(
            String caseId,
            TextSource timestamp,
            TextSource activity,
            @Nullable String lifecycle) {}

    /** What has to be kept of a case because a template uses it. */
    record Remembered(List<String> countedActivities, List<String> caseAttributes) {
        Remembered {
            countedActivities = List.copyOf(countedActivities);
            caseAttributes = List.copyOf(caseAttributes);
        }
    }

    private final String log;
    private final Path file;
    private final Format format;
    private final Columns columns;
    private final ZoneOffset zone;
    private final @Nullable CasePattern casePattern;
    private final RuleBook rules;

    /** The rules of a source and what they need of a case. */
    record RuleBook(List<Rule> rules, Remembered remembered) {
        RuleBook {
            rules = List.copyOf(rules);
        }
    }

    Source(
            String log,
            Path file,
            Format format,
            Columns columns,
            ZoneOffset zone,
            @Nullable CasePattern casePattern,
            RuleBook rules) {
        this.log = log;
        this.file = file;
        this.format = format;
        this.columns = columns;
        this.zone = zone;
        this.casePattern = casePattern;
        this.rules = rules;
    }

    /** The name of the log, which is part of the ids of its events. */
    public String log() {
        return log;
    }

    /** The path of the log: the mapping's {@code file}, resolved against the folder of the mapping. */
    public Path file() {
        return file;
    }

    /** How the log is written. */
    public Format format() {
        return format;
    }

    /** The attribute of the trace (XES) or the column (CSV) with the case id. */
    public String caseColumn() {
        return columns.caseId();
    }

    /** The columns that a CSV log has to have: those of the case, the time, the activity and the lifecycle. */
    public Set<String> requiredColumns() {
        Set<String> required = new LinkedHashSet<>();
        required.add(columns.caseId());
        for (TextSource text : List.of(columns.timestamp(), columns.activity())) {
            if (text instanceof TextSource.Attribute attribute) {
                required.add(attribute.name());
            }
        }
        if (columns.lifecycle() != null) {
            required.add(columns.lifecycle());
        }
        return required;
    }

    Columns columns() {
        return columns;
    }

    ZoneOffset zone() {
        return zone;
    }

    @Nullable
    CasePattern casePattern() {
        return casePattern;
    }

    List<Rule> rules() {
        return rules.rules();
    }

    Remembered remembered() {
        return rules.remembered();
    }
}
