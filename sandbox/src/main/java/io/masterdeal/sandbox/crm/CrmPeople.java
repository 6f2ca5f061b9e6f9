package io.masterdeal.sandbox.crm;

import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.sandbox.actor.CrossSystemRequests;
import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.actor.Trait;
import io.masterdeal.sandbox.call.StageReader;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The sellers. All methods block as people would, and throw {@link InterruptedException} when the simulation stops. */
public final class CrmPeople {
    private static final String DEAL = "deal";

    private final SystemAccess crm;
    private final CrossSystemRequests requests;
    private final StageReader stages;
    private final Clock clock;

    /**
     * Creates them.
     *
     * @param crm their system
     * @param requests to the other systems
     * @param stages reads stages from MasterDeal
     * @param clock for dates
     */
    public CrmPeople(SystemAccess crm, CrossSystemRequests requests, StageReader stages, Clock clock) {
        this.crm = crm;
        this.requests = requests;
        this.stages = stages;
        this.clock = clock;
    }

    /**
     * Records a lead and a contact, and opens the deal.
     *
     * @param deal the deal
     * @throws InterruptedException if the simulation is being stopped
     */
    public void open(SimulatedDeal deal) throws InterruptedException {
        DealTerms terms = DealTerms.of(deal);
        String number = deal.id().substring(deal.id().indexOf('-') + 1);
        ObjectView lead = crm.create(
                "lead",
                deal.change()
                        .withId("L-" + number)
                        .with(Map.of("title", terms.title(), "client", terms.client(), "origin", "web form")));
        var about = new TreeMap<String, String>(terms.money());
        about.put("title", terms.title());
        about.put("number", deal.id());
        about.put("owner", terms.owner());
        serviceLevel(deal).ifPresent(level -> about.put("service_level", level));
        ObjectView opened = crm.create(
                DEAL, deal.changeBecauseOf(lead.lastEvent()).withId(deal.id()).with(about));
        crm.act(
                "lead",
                lead.id(),
                "qualify",
                deal.changeBecauseOf(opened.lastEvent()).with(List.of(deal.key())));
        crm.create(
                "contact",
                deal.changeBecauseOf(lead.lastEvent())
                        .withId("CT-" + number)
                        .with(List.of(deal.key()))
                        .with(Map.of("name", "Marketing of " + terms.client(), "client", terms.client())));
    }

    /** What the client was promised, by which the demonstration's SLA policies choose the target; empty for the usual. */
    private static Optional<String> serviceLevel(SimulatedDeal deal) {
        return Stream.of(Trait.QUICK_PLAN, Trait.QUICK_REVIEW, Trait.QUICK_CONTRACT)
                .filter(deal::is)
                .map(promise -> promise.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .findFirst();
    }

    /**
     * Submits the brief.
     *
     * @param deal the deal
     * @param hold how long its event is held back
     * @throws InterruptedException if the simulation is being stopped
     */
    public void submitBrief(SimulatedDeal deal, Duration hold) throws InterruptedException {
        Instant start = clock.instant().plus(Duration.ofDays(14));
        act(
                deal,
                "submit-brief",
                deal.change()
                        .with(Map.of(
                                "starts_at", Rfc3339.format(start),
                                "ends_at", Rfc3339.format(start.plus(Duration.ofDays(30))),
                                "target", "25-45, cities"))
                        .toldAfter(hold));
    }

    /**
     * Waits until MasterDeal reports that an offer can be sent; after some time asks MediaPush directly.
     *
     * @param deal the deal
     * @return false if no plan is ready
     * @throws InterruptedException if the simulation is being stopped
     */
    public boolean awaitPlan(SimulatedDeal deal) throws InterruptedException {
        SimulationPace pace = crm.pace();
        var wait = new StageReader.Wait(pace.betweenQuestions(), pace.patience());
        if (stages.await(
                CrmModel.DOMAIN, deal.key(), "offer_ready", wait, standing -> deal.read(CrmModel.DOMAIN, standing))) {
            return true;
        }
        deal.note("asked-media-itself");
        DealTerms terms = DealTerms.of(deal);
        JsonNode plan = requests.ask(
                deal,
                CrmModel.DOMAIN,
                "media",
                List.of("mediaplans"),
                because(deal)
                        .with(List.of(deal.key()))
                        .with(Map.of("title", terms.title(), "amount", terms.amount(), "currency", terms.currency())));
        return requests.awaitStatus(
                deal, CrmModel.DOMAIN, plan.path("key").asString(), "mediaplans", "Approved by planner");
    }

    /**
     * Sends the offer to the client.
     *
     * @param deal the deal
     * @param hold how long its event is held back
     * @throws InterruptedException if the simulation is being stopped
     */
    public void sendOffer(SimulatedDeal deal, Duration hold) throws InterruptedException {
        act(deal, "send-offer", because(deal).toldAfter(hold));
    }

    /**
     * Changes the amount of a deal.
     *
     * @param deal the deal
     * @param amount decimal number as text
     * @throws InterruptedException if the simulation is being stopped
     */
    public void changeAmount(SimulatedDeal deal, String amount) throws InterruptedException {
        act(deal, "update", because(deal).with(Map.of("amount", amount)));
    }

    /**
     * Asks Docflow for a draft of a contract.
     *
     * @param deals the deals of the contract; its events belong to the story of the first
     * @return key of the contract
     * @throws InterruptedException if the simulation is being stopped
     */
    public String askForContract(List<SimulatedDeal> deals) throws InterruptedException {
        SimulatedDeal first = deals.getFirst();
        DealTerms terms = DealTerms.of(first);
        var links = new ArrayList<String>();
        deals.forEach(deal -> links.add(deal.key()));
        JsonNode contract = requests.ask(
                first,
                CrmModel.DOMAIN,
                "docflow",
                List.of("contracts"),
                because(first)
                        .with(links)
                        .with(Map.of(
                                "title", terms.title(),
                                "client", terms.client(),
                                "amount", terms.amount(),
                                "currency", terms.currency(),
                                "owner", terms.owner())));
        return contract.path("key").asString();
    }

    /**
     * Cancels a task in Task-Tracker, if it is still open.
     *
     * @param deal the deal
     * @param task key of the task
     * @throws InterruptedException if the simulation is being stopped
     */
    public void dropTask(SimulatedDeal deal, String task) throws InterruptedException {
        String id = task.substring(task.lastIndexOf(':') + 1);
        Change change = because(deal).with(Map.of("reason", "the deal ended"));
        try {
            requests.ask(deal, CrmModel.DOMAIN, "task", List.of("tasks", id, "cancel"), change);
        } catch (Refusal e) {
            deal.note("task-was-done");
        }
    }

    /**
     * Performs an action on the deal that needs only a reason.
     *
     * @param deal the deal
     * @param action {@code lose}, {@code cancel}, {@code reopen} or {@code win}
     * @param reason why
     * @throws InterruptedException if the simulation is being stopped
     */
    public void decide(SimulatedDeal deal, String action, String reason) throws InterruptedException {
        act(deal, action, because(deal).with(Map.of("reason", reason)));
    }

    private void act(SimulatedDeal deal, String action, Change change) throws InterruptedException {
        crm.act(DEAL, deal.id(), action, change);
    }

    /** A change caused by the last event of the deal. */
    private Change because(SimulatedDeal deal) {
        return crm.system()
                .find(DEAL, deal.id())
                .map(known -> deal.changeBecauseOf(known.lastEvent()))
                .orElseGet(deal::change);
    }
}
