package io.masterdeal.sandbox.task;

import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declaration of Task-Tracker. */
public final class TaskModel {
    /** Its name. */
    public static final String DOMAIN = "task";

    static final String OPEN = "To do";
    static final String STARTED = "Doing";

    private static final String TASK = "task";

    private TaskModel() {}

    /**
     * Declares the system.
     *
     * @return tasks
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(KindModel.named(TASK, "T")
                        .created("give", OPEN, "task.task.created")
                        .action("start", Set.of(OPEN), STARTED, "task.task.started")
                        .action("complete", Set.of(OPEN, STARTED), "Done", "task.task.completed")
                        .action("cancel", Set.of(OPEN, STARTED), "Needless", "task.task.cancelled")
                        .updatedBy("task.object.updated")));
    }

    /**
     * Counts the tasks that MasterDeal gave because of SLA.
     *
     * @param tracker the system
     * @return how many there are
     */
    public static SlaTasks slaTasks(DomainSystem tracker) {
        Map<String, Long> counts = tracker.statuses(TASK, "origin", "sla");
        long open = counts.getOrDefault(OPEN, 0L) + counts.getOrDefault(STARTED, 0L);
        return new SlaTasks(
                open, counts.values().stream().mapToLong(Long::longValue).sum() - open);
    }

    /**
     * Tasks that MasterDeal gave because a clock warned or was breached.
     *
     * @param open those to be done
     * @param closed those that were done, or are needless
     */
    public record SlaTasks(long open, long closed) {}
}
