package io.masterdeal.sandbox.task;

import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.call.StageReader;
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

    private final SystemAccess tracker;
    private final StageReader stages;
    private final StoryExecutor executor;

    /**
     * Employs them.
     *
     * @param tracker their system
     * @param stages what MasterDeal answers
     * @param executor where they work
     */
    public TaskPeople(SystemAccess tracker, StageReader stages, StoryExecutor executor) {
        this.tracker = tracker;
        this.stages = stages;
        this.executor = executor;
    }

    /**
     * Gives a task for a deal, and follows the deal until it is done.
     *
     * @param deal the deal
     * @param stage where it is to be brought
     * @return key of the task
     * @throws InterruptedException if people shall stop
     */
    public String follow(SimulatedDeal deal, String stage) throws InterruptedException {
        ObjectView task = tracker.create(
                TASK,
                deal.change()
                        .with(List.of(deal.key()))
                        .with(Map.of(
                                "title",
                                "Bring " + deal.id() + " to " + stage,
                                "assignee",
                                DealTerms.of(deal).owner(),
                                "priority",
                                "normal")));
        executor.execute(deal, () -> follow(deal, task, stage));
        return task.key();
    }

    private void follow(SimulatedDeal deal, ObjectView task, String stage) throws InterruptedException {
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
            SimulationPace.sleep(every);
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
    private void unlessClosed(ObjectView task, String status, String action, SimulatedDeal deal)
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
