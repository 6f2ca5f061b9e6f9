package io.masterdeal.sandbox.media;

import io.masterdeal.sandbox.cast.Crew;
import io.masterdeal.sandbox.cast.DealFile;
import io.masterdeal.sandbox.cast.DealFiles;
import io.masterdeal.sandbox.cast.Terms;
import io.masterdeal.sandbox.cast.Trait;
import io.masterdeal.sandbox.cast.Workplace;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.Clerk;
import io.masterdeal.sandbox.system.ObjectView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people who plan. Whoever asks for a plan, a deal gets one, and they make it ready, unless the story has it otherwise. */
public final class MediaPeople implements Clerk {
    private static final String PLAN = "mediaplan";
    private static final String PLACEMENT = "placement";

    private final Workplace media;
    private final Crew crew;
    private final DealFiles files;

    /**
     * Employs them.
     *
     * @param media their system
     * @param crew where they work
     * @param files the deals in play
     */
    public MediaPeople(Workplace media, Crew crew, DealFiles files) {
        this.media = media;
        this.crew = crew;
        this.files = files;
    }

    @Override
    public Optional<ObjectView> alreadyThere(String kind, Change change) {
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
            DealFile deal = files.of(object.correlationId());
            crew.work(deal, () -> plan(deal, object));
        }
    }

    /**
     * The plan of a deal.
     *
     * @param deal its key
     * @return a plan that was not given up; empty if there is none
     */
    public Optional<ObjectView> live(String deal) {
        return media.system().linkedTo(PLAN, deal).stream()
                .filter(plan -> !plan.status().equals(MediaModel.DROPPED))
                .findFirst();
    }

    /**
     * The plan has to be worked on again, and then is ready again.
     *
     * @param deal the deal
     * @throws InterruptedException if people shall stop
     */
    public void rework(DealFile deal) throws InterruptedException {
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
     * A placement is booked, shown and over.
     *
     * @param deal the deal
     * @param channel where
     * @param hold how long nobody is told that it was booked
     * @throws InterruptedException if people shall stop
     */
    public void place(DealFile deal, String channel, Duration hold) throws InterruptedException {
        String parent = live(deal.key()).map(ObjectView::key).orElse(deal.key());
        Map<String, String> what =
                Map.of("channel", channel, "title", Terms.of(deal).title(), "impressions", "250000");
        ObjectView booked = media.create(
                PLACEMENT, deal.change().with(List.of(parent)).with(what).toldAfter(hold));
        media.pace().pause(deal.random(channel));
        ObjectView shown = media.act(PLACEMENT, booked.id(), "start", deal.changeBecauseOf(booked.lastEvent()));
        media.pace().pause(deal.random(channel + " is shown"));
        media.act(PLACEMENT, booked.id(), "complete", deal.changeBecauseOf(shown.lastEvent()));
    }

    private void plan(DealFile deal, ObjectView draft) throws InterruptedException {
        media.pace().pause(deal.random("plan"));
        if (deal.is(Trait.PLAN_STAYS_DRAFT)) {
            return;
        }
        media.act(PLAN, draft.id(), "ready", deal.changeBecauseOf(draft.lastEvent()));
    }
}
