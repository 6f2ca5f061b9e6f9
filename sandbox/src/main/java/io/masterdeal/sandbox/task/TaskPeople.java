package io.masterdeal.sandbox.task;

import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.call.DealStanding;
import io.masterdeal.sandbox.call.StageReader;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The account managers: they have a task for each deal, give it a high priority when MasterDeal reports that a clock of the deal is at
 * risk or breached, and close it when the deal has reached its stage.
 */
public final class TaskPeople {
    private static final String TASK = "task";
    private static final String COMPLETE = "complete";

    /** Whoever only follows a deal polls less often than whoever waits for it. */
    private static final int PATIENCE_OF_A_FOLLOWER = 3;

    private final SystemAccess tracker;
    private final StageReader stages;
    private final StoryExecutor executor;

    /**
     * Creates them.
     *
     * @param tracker their system
     * @param stages reads stages from MasterDeal
     * @param executor runs their work
     */
    public TaskPeople(SystemAccess tracker, StageReader stages, StoryExecutor executor) {
        this.tracker = tracker;
        this.stages = stages;
        this.executor = executor;
    }

    /**
     * Creates a task for a deal, and follows the deal until it is done.
     *
     * @param deal the deal
     * @param stage the stage it should reach
     * @return key of the task
     * @throws InterruptedException if the simulation is being stopped
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
        boolean urgent = false;
        while (isOpen(task)) {
            DealStanding standing = stages.read(TaskModel.DOMAIN, deal.key());
            deal.read(TaskModel.DOMAIN, standing);
            urgent = urgent || hurry(task, standing, deal);
            if (StageReader.reached(standing.stage(), "briefed")) {
                unlessClosed(task, TaskModel.OPEN, "start", deal);
            }
            if (StageReader.reached(standing.stage(), stage)) {
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

    /** Raises the priority of the task if a clock of the deal is at risk or breached; false if there is no need. */
    private boolean hurry(ObjectView task, DealStanding standing, SimulatedDeal deal) throws InterruptedException {
        if (!standing.atRisk() && !standing.breached()) {
            return false;
        }
        ObjectView now = tracker.system().find(TASK, task.id()).orElse(task);
        tracker.act(
                TASK, task.id(), "update", deal.changeBecauseOf(now.lastEvent()).with(Map.of("priority", "high")));
        return true;
    }

    private boolean isOpen(ObjectView task) {
        return tracker.system()
                .find(TASK, task.id())
                .filter(now ->
                        now.status().equals(TaskModel.OPEN) || now.status().equals(TaskModel.STARTED))
                .isPresent();
    }

    /** Performs an action on a task; if CRM has closed it at the same moment, that is fine. */
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
