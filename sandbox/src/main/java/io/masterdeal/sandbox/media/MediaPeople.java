package io.masterdeal.sandbox.media;

import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.actor.Trait;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.CreationHook;
import io.masterdeal.sandbox.system.ObjectView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The planners. A deal gets one plan, no matter who requests it, and they complete it unless the story forbids it. */
public final class MediaPeople implements CreationHook {
    private static final String PLAN = "mediaplan";
    private static final String PLACEMENT = "placement";

    /** With what comes before it, more than half of the 12 s that the demonstration's SLA policies allow for a quick plan. */
    private static final Duration SLOW = Duration.ofSeconds(6);

    /** Longer than those 12 s. */
    private static final Duration REPORTED_AFTER = Duration.ofSeconds(16);

    private final SystemAccess media;
    private final StoryExecutor executor;
    private final SimulatedDeals openDeals;

    /**
     * Creates them.
     *
     * @param media their system
     * @param executor runs their work
     * @param openDeals the deals of running stories
     */
    public MediaPeople(SystemAccess media, StoryExecutor executor, SimulatedDeals openDeals) {
        this.media = media;
        this.executor = executor;
        this.openDeals = openDeals;
    }

    @Override
    public Optional<ObjectView> existing(String kind, Change change) {
        return kind.equals(PLAN)
                ? change.links().stream()
                        .filter(link -> link.startsWith("crm:deal:"))
                        .flatMap(deal -> live(deal).stream())
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public void created(String kind, ObjectView object) {
        if (kind.equals(PLAN)) {
            SimulatedDeal deal = openDeals.of(object.correlationId());
            executor.execute(deal, () -> plan(deal, object));
        }
    }

    /**
     * The plan of a deal.
     *
     * @param deal its key
     * @return a plan that was not cancelled; empty if there is none
     */
    public Optional<ObjectView> live(String deal) {
        return media.system().linkedTo(PLAN, deal).stream()
                .filter(plan -> !plan.status().equals(MediaModel.DROPPED))
                .findFirst();
    }

    /**
     * Reopens the plan and completes it again.
     *
     * @param deal the deal
     * @throws InterruptedException if the simulation is being stopped
     */
    public void rework(SimulatedDeal deal) throws InterruptedException {
        ObjectView plan = live(deal.key()).orElseThrow(() -> new IllegalStateException("no plan of " + deal.key()));
        ObjectView open = media.act(
                PLAN,
                plan.id(),
                "reopen",
                deal.changeBecauseOf(plan.lastEvent()).with(Map.of("reason", "the client wants more radio")));
        media.pace().pause(deal.random("rework"));
        media.pace().pause(deal.random("rework again"));
        media.act(PLAN, plan.id(), "ready", deal.changeBecauseOf(open.lastEvent()));
    }

    /**
     * Books, shows and completes a placement.
     *
     * @param deal the deal
     * @param channel the channel
     * @param hold how long its event is held back
     * @throws InterruptedException if the simulation is being stopped
     */
    public void place(SimulatedDeal deal, String channel, Duration hold) throws InterruptedException {
        String parent = live(deal.key()).map(ObjectView::key).orElse(deal.key());
        Map<String, String> what =
                Map.of("channel", channel, "title", DealTerms.of(deal).title(), "impressions", "250000");
        ObjectView booked = media.create(
                PLACEMENT, deal.change().with(List.of(parent)).with(what).toldAfter(hold));
        media.pace().pause(deal.random(channel));
        ObjectView shown = media.act(PLACEMENT, booked.id(), "start", deal.changeBecauseOf(booked.lastEvent()));
        media.pace().pause(deal.random(channel + " is shown"));
        media.act(PLACEMENT, booked.id(), "complete", deal.changeBecauseOf(shown.lastEvent()));
    }

    private void plan(SimulatedDeal deal, ObjectView draft) throws InterruptedException {
        media.pace().pause(deal.random("plan"));
        if (deal.is(Trait.PLAN_STAYS_DRAFT)) {
            return;
        }
        if (deal.is(Trait.SLOW_PLAN)) {
            SimulationPace.sleep(media.pace().of(SLOW));
        }
        Duration hold = deal.is(Trait.PLAN_REPORTED_LATE) ? media.pace().of(REPORTED_AFTER) : Duration.ZERO;
        media.act(
                PLAN,
                draft.id(),
                "ready",
                deal.changeBecauseOf(draft.lastEvent()).toldAfter(hold));
    }
}
