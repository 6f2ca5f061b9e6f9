package io.masterdeal.facts.sla;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of the clocks of a deal changes.
 *
 * @param ending what the revision of the answer says in the place of "closed"; null if nothing
 * @param statements to be published as further revisions, in this order
 * @param standing the warnings and breaches that hold from now on, in order
 * @param rows changes of the stored statements
 * @param open tasks that are to be made
 * @param close tasks that are not wanted any more
 */
public record SlaChanges(
        @Nullable SlaStatement ending,
        List<SlaStatement> statements,
        List<Standing> standing,
        List<Row> rows,
        List<SlaTasks.Task> open,
        List<UUID> close) {

    /**
     * A change of a stored statement.
     *
     * @param mark its name
     * @param before null if it is new
     * @param now null if it does not hold any more
     * @param retractedBy the revision that takes it back; 0 if it was not told
     */
    public record Row(
            Mark mark, @Nullable Standing before, @Nullable Standing now, long retractedBy) {}
}
