package io.masterdeal.app.trial;

import io.masterdeal.app.replay.log.EventLog;
import io.masterdeal.app.replay.log.EventLogs;
import io.masterdeal.app.replay.log.LogProblem;
import io.masterdeal.app.replay.log.ReplayEvent;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.FactSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an event log, read as a replay reads it, without a platform. All of them are held in memory.
 *
 * @param deals the facts of each deal, as {@link FactSet#deals}
 * @param problems how many parts of the log could not be read, or are no events of the catalog
 */
public record LogFacts(SortedMap<ObjectKey, List<Fact>> deals, long problems) {

    /**
     * Reads a log.
     *
     * @param log the event log; null if the mapping names it
     * @param mapping how it becomes events; null for a file of events
     * @param problems told of each part that cannot be used, and why
     * @throws io.masterdeal.app.replay.mapping.MappingException if the mapping is not usable
     * @throws io.masterdeal.app.replay.log.EventLogException if the log is missing, or not usable
     * @throws IOException if a file cannot be read
     */
    public static LogFacts read(@Nullable Path log, @Nullable Path mapping, Consumer<String> problems)
            throws IOException {
        EventJson json = new EventJson(EventCatalog.bundled());
        FactSet facts = new FactSet();
        long refused = 0;
        try (EventLog events =
                EventLogs.open(log, mapping, (LogProblem problem) -> problems.accept(problem.message()))) {
            while (events.hasNext()) {
                ReplayEvent event = events.next();
                try {
                    facts.add(EventStatements.statement(json.read(event.cloudEvent())));
                } catch (InvalidEventException e) {
                    refused++;
                    problems.accept(event.file() + ", line " + event.position() + ": event "
                            + event.cloudEvent().path("id").asString("") + " cannot be used: " + e.getMessage());
                }
            }
            return new LogFacts(facts.deals(), refused + events.problems());
        }
    }
}
