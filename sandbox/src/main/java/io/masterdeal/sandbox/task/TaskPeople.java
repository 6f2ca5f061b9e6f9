package io.masterdeal.sandbox.task;

import io.masterdeal.sandbox.call.StageReader;
import io.masterdeal.sandbox.cast.Crew;
import io.masterdeal.sandbox.cast.DealFile;
import io.masterdeal.sandbox.cast.Pace;
import io.masterdeal.sandbox.cast.Terms;
import io.masterdeal.sandbox.cast.Workplace;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Those who bring deals on: a task for each deal, which they close when MasterDeal says that the deal is where it should be. */
public final class TaskPeople {
    private static final String TASK = "task";
    private static final String COMPLETE = "complete";

    /** Who only follows looks less often than who waits. */
    private static final int PATIENCE_OF_A_FOLLOWER = 3;

    private final Workplace tracker;
    private final StageReader stages;
    private final Crew crew;

    /**
     * Employs them.
     *
     * @param tracker their system
     * @param stages what MasterDeal answers
     * @param crew where they work
     */
    public TaskPeople(Workplace tracker, StageReader stages, Crew crew) {
        this.tracker = tracker;
        this.stages = stages;
        this.crew = crew;
    }

    /**
     * Gives a task for a deal, and follows the deal until it is done.
     *
     * @param deal the deal
     * @param stage where it is to be brought
     * @return key of the task
     * @throws InterruptedException if people shall stop
     */
    public String follow(DealFile deal, String stage) throws InterruptedException {
        ObjectView task = tracker.create(
                TASK,
                deal.change()
                        .with(List.of(deal.key()))
                        .with(Map.of(
                                "title",
                                "Bring " + deal.id() + " to " + stage,
                                "assignee",
                                Terms.of(deal).owner(),
                                "priority",
                                "normal")));
        crew.work(deal, () -> follow(deal, task, stage));
        return task.key();
    }

    private void follow(DealFile deal, ObjectView task, String stage) throws InterruptedException {
        Duration every = tracker.pace().betweenQuestions().multipliedBy(PATIENCE_OF_A_FOLLOWER);
        long endedAt = System.nanoTime();
        while (isOpen(task)) {
            String at = stages.stage(TaskModel.DOMAIN, deal.key());
            if (StageReader.reached(at, "briefed")) {
                unlessClosed(task, TaskModel.OPEN, "start", deal);
            }
            if (StageReader.reached(at, stage)) {
                unlessClosed(task, TaskModel.STARTED, COMPLETE, deal);
                unlessClosed(task, TaskModel.OPEN, COMPLETE, deal);
            } else if (!deal.scriptEnded()) {
                endedAt = System.nanoTime();
            } else if (System.nanoTime() - endedAt > tracker.pace().patience().toNanos()) {
                deal.note("task-closed-by-phone");
                unlessClosed(task, TaskModel.STARTED, COMPLETE, deal);
                unlessClosed(task, TaskModel.OPEN, COMPLETE, deal);
            }
            Pace.sleep(every);
        }
    }

    private boolean isOpen(ObjectView task) {
        return tracker.system()
                .find(TASK, task.id())
                .filter(now ->
                        now.status().equals(TaskModel.OPEN) || now.status().equals(TaskModel.STARTED))
                .isPresent();
    }

    /** Does something to a task in a status; CRM may have closed it in this very moment, and that is as well. */
    private void unlessClosed(ObjectView task, String status, String action, DealFile deal)
            throws InterruptedException {
        ObjectView now = tracker.system().find(TASK, task.id()).orElse(task);
        if (now.status().equals(status)) {
            try {
                tracker.act(TASK, task.id(), action, deal.changeBecauseOf(now.lastEvent()));
            } catch (Refusal e) {
                deal.note("task-closed-by-crm");
            }
        }
    }
}
