package io.masterdeal.sandbox.story;

import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.crm.CrmPeople;
import io.masterdeal.sandbox.dcm.DcmPeople;
import io.masterdeal.sandbox.docflow.DocflowPeople;
import io.masterdeal.sandbox.media.MediaPeople;
import io.masterdeal.sandbox.task.TaskPeople;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plays stories with the people of the systems. Legal reacts by itself. */
public final class StoryPlayer {
    /**
     * The people.
     *
     * @param crm the sellers
     * @param media the planners
     * @param tasks the account managers
     * @param docflow the people responsible for signatures
     * @param dcm the accountants
     */
    public record People(CrmPeople crm, MediaPeople media, TaskPeople tasks, DocflowPeople docflow, DcmPeople dcm) {}

    private static final Duration UNTIL_ALL_HAVE_GONE = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofSeconds(6);

    /** Longer than the 15 s in which the demonstration's SLA policies expect a quick contract. */
    private static final Duration THINKING = Duration.ofSeconds(20);

    private final People people;
    private final SimulationPace pace;
    private final Clock clock;

    /**
     * Creates a player.
     *
     * @param people of the systems
     * @param pace how fast they act
     * @param clock for closing time
     */
    public StoryPlayer(People people, SimulationPace pace, Clock clock) {
        this.people = people;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * Plays a story from the lead to its end, and returns when all its work is done.
     *
     * @param story the story
     * @param deals two for a frame contract, otherwise one
     * @param neighbour key of another deal, for mistakes
     * @throws InterruptedException if the simulation is being stopped
     */
    public void play(Story story, List<SimulatedDeal> deals, String neighbour) throws InterruptedException {
        deals.forEach(deal -> deal.note(story.text()));
        StoryExecutor.run(deals.getFirst(), () -> new Scene(story, deals, neighbour).play());
        for (SimulatedDeal deal : deals) {
            deal.endScript();
            while (deal.busy()) {
                SimulationPace.sleep(UNTIL_ALL_HAVE_GONE);
            }
        }
    }

    /** One story being played. */
    private final class Scene {
        private final Story story;
        private final List<SimulatedDeal> deals;
        private final SimulatedDeal deal;
        private final String neighbour;
        private final Random random;
        private final Map<SimulatedDeal, String> tasks = new HashMap<>();

        private Scene(Story story, List<SimulatedDeal> deals, String neighbour) {
            this.story = story;
            this.deals = deals;
            this.deal = deals.getFirst();
            this.neighbour = neighbour;
            this.random = deal.random("story");
        }

        private void play() throws InterruptedException {
            for (SimulatedDeal each : deals) {
                people.crm().open(each);
                tasks.put(each, people.tasks().follow(each, story.stage()));
            }
            rest();
            switch (story) {
                case LEAD_ONLY -> {}
                case BRIEFED_AND_STUCK -> brief(deal, Duration.ZERO);
                case STAYS_AT_OFFER -> offer();
                case LOST -> end("lose", "a competitor was cheaper");
                case CANCELLED -> end("cancel", "the budget was cut");
                case SLA_OVER_CLOSING_TIME -> {
                    SimulationPace.sleep(pace.of(WorkingMinutes.untilClosingTime(clock.instant())));
                    offer();
                    SimulationPace.sleep(pace.of(THINKING));
                    onward();
                }
                default -> {
                    offer();
                    onward();
                }
            }
        }

        private void onward() throws InterruptedException {
            if (story == Story.PLAN_REOPENED) {
                people.media().rework(deal);
                rest();
            } else if (story == Story.REOPENED_AND_WON) {
                people.crm().decide(deal, "cancel", "the budget was cut");
                rest();
                people.crm().decide(deal, "reopen", "the budget is back");
                rest();
            }
            String contract = contract();
            switch (story) {
                case STAYS_AT_CONTRACTING -> {}
                case STAYS_AT_CLOSING -> people.docflow().askForInvoice(deal, contract, List.of(contract), amount());
                case CLOSED_BY_ACT -> {
                    transfer(contract);
                    people.docflow().completeAct(deal, contract);
                    win();
                }
                default -> {
                    money(contract);
                    transfer(contract);
                    for (SimulatedDeal each : deals) {
                        people.dcm().closeBooks(each);
                    }
                    win();
                }
            }
        }

        private void offer() throws InterruptedException {
            for (SimulatedDeal each : deals) {
                brief(each, held(random.nextBoolean()));
                rest();
                people.crm().sendOffer(each, held(true));
                rest();
            }
        }

        private void brief(SimulatedDeal each, Duration hold) throws InterruptedException {
            people.crm().submitBrief(each, hold);
            if (!people.crm().awaitPlan(each) && story != Story.BRIEFED_AND_STUCK) {
                each.note("offered-without-plan");
            }
        }

        private void end(String action, String reason) throws InterruptedException {
            offer();
            people.crm().decide(deal, action, reason);
            String task = tasks.get(deal);
            if (task != null) {
                people.crm().dropTask(deal, task);
            }
        }

        private String contract() throws InterruptedException {
            String contract = people.crm().askForContract(deals);
            rest();
            if (story == Story.REJECTED_THEN_SIGNED) {
                people.docflow().reject(deal, contract);
                rest();
                contract = people.crm().askForContract(deals);
                rest();
            }
            people.docflow().sign(deal, contract);
            people.docflow().awaitLegal(deal, contract);
            rest();
            return contract;
        }

        private void money(String contract) throws InterruptedException {
            String amount = amount();
            if (story == Story.TWO_INVOICES) {
                String wrong = people.docflow().askForInvoice(deal, contract, List.of(contract), amount);
                rest();
                people.dcm().annul(deal, wrong);
                amount = amount + ".50";
                people.crm().changeAmount(deal, amount);
                rest();
            }
            String link = story == Story.WRONG_LINK ? neighbour : contract;
            String invoice = people.docflow().askForInvoice(deal, contract, List.of(link), amount);
            rest();
            if (story == Story.WRONG_LINK) {
                people.dcm().putRight(deal, invoice, contract);
                rest();
            }
            people.dcm().takeMoney(deal, invoice, held(true));
            rest();
        }

        private void transfer(String contract) throws InterruptedException {
            people.media().place(deal, "video", held(true));
            people.docflow().transfer(deal, contract);
            people.dcm().settleAct(deal, contract);
            rest();
        }

        private void win() throws InterruptedException {
            for (SimulatedDeal each : deals) {
                people.crm().decide(each, "win", "closed");
            }
        }

        private String amount() {
            return DealTerms.of(deal).amount();
        }

        /** How long an event is held back: only in the story of late facts, and only for some events. */
        private Duration held(boolean perhaps) {
            return story == Story.LATE_FACTS && perhaps ? pace.of(LATE) : Duration.ZERO;
        }

        private void rest() throws InterruptedException {
            pace.pause(random);
        }
    }
}
