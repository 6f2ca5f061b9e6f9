package io.masterdeal.sandbox.task;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of Task-Tracker. */
public final class TaskModel {
    /** Its name. */
    public static final String DOMAIN = "task";

    static final String OPEN = "To do";
    static final String STARTED = "Doing";

    private TaskModel() {}

    /**
     * Declares the system.
     *
     * @return tasks
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(KindModel.named("task", "T")
                        .created("give", OPEN, "task.task.created")
                        .action("start", Set.of(OPEN), STARTED, "task.task.started")
                        .action("complete", Set.of(OPEN, STARTED), "Done", "task.task.completed")
                        .action("cancel", Set.of(OPEN, STARTED), "Needless", "task.task.cancelled")
                        .updatedBy("task.object.updated")));
    }
}
