package io.masterdeal.sandbox.docflow;

import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.sandbox.actor.CrossSystemRequests;
import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.call.StageReader;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.ObjectView;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The people responsible for signatures. */
public final class DocflowPeople {
    private static final String CONTRACT = "contract";

    private final SystemAccess docflow;
    private final CrossSystemRequests requests;
    private final StageReader stages;
    private final Clock clock;

    /**
     * Creates them.
     *
     * @param docflow their system
     * @param requests to the other systems
     * @param stages reads stages from MasterDeal
     * @param clock for dates
     */
    public DocflowPeople(SystemAccess docflow, CrossSystemRequests requests, StageReader stages, Clock clock) {
        this.docflow = docflow;
        this.requests = requests;
        this.stages = stages;
        this.clock = clock;
    }

    /**
     * Both parties sign; the event requires a legal review.
     *
     * @param deal the deal
     * @param contract its key
     * @throws InterruptedException if the simulation is being stopped
     */
    public void sign(SimulatedDeal deal, String contract) throws InterruptedException {
        act(contract, "sign", because(deal, contract).with(Map.of("legal_review", "required", "signed_at", now())));
    }

    /**
     * The client refuses to sign.
     *
     * @param deal the deal
     * @param contract its key
     * @throws InterruptedException if the simulation is being stopped
     */
    public void reject(SimulatedDeal deal, String contract) throws InterruptedException {
        act(contract, "reject", because(deal, contract).with(Map.of("reason", "the client wants another clause 4")));
    }

    /**
     * Waits until MasterDeal reports that the contract is valid, and files the case of Legal. If Legal was never notified of the
     * contract, asks Legal directly.
     *
     * @param deal the deal
     * @param contract its key
     * @throws InterruptedException if the simulation is being stopped
     */
    public void awaitLegal(SimulatedDeal deal, String contract) throws InterruptedException {
        SimulationPace pace = docflow.pace();
        var wait = new StageReader.Wait(pace.betweenQuestions(), pace.patience());
        if (!stages.await(DocflowModel.DOMAIN, deal.key(), "contracting", wait, _ -> {})) {
            deal.note("asked-legal-itself");
        }
        JsonNode legalCase = requests.ask(
                deal,
                DocflowModel.DOMAIN,
                "legal",
                List.of("cases"),
                because(deal, contract)
                        .with(List.of(contract))
                        .with(Map.of("client", DealTerms.of(deal).client())));
        if (!requests.awaitStatus(
                deal, DocflowModel.DOMAIN, legalCase.path("key").asString(), "cases", "Cleared")) {
            deal.note("went-on-without-legal");
        }
    }

    /**
     * Asks DCM for an invoice.
     *
     * @param deal the deal
     * @param contract its contract
     * @param links its links: the contract, or a wrong object
     * @param amount decimal number as text
     * @return key of the invoice
     * @throws InterruptedException if the simulation is being stopped
     */
    public String askForInvoice(SimulatedDeal deal, String contract, List<String> links, String amount)
            throws InterruptedException {
        DealTerms terms = DealTerms.of(deal);
        JsonNode invoice = requests.ask(
                deal,
                DocflowModel.DOMAIN,
                "dcm",
                List.of("invoices"),
                because(deal, contract)
                        .with(links)
                        .with(Map.of("client", terms.client(), "amount", amount, "currency", terms.currency())));
        return invoice.path("key").asString();
    }

    /**
     * Sends a transfer document, which the client signs.
     *
     * @param deal the deal
     * @param contract its contract
     * @throws InterruptedException if the simulation is being stopped
     */
    public void transfer(SimulatedDeal deal, String contract) throws InterruptedException {
        ObjectView upd = docflow.create(
                "upd",
                because(deal, contract)
                        .with(List.of(contract))
                        .with(DealTerms.of(deal).money()));
        docflow.pace().pause(deal.random("upd"));
        docflow.act(
                "upd", upd.id(), "sign", deal.changeBecauseOf(upd.lastEvent()).with(Map.of("signed_at", now())));
    }

    /**
     * Completes the act of acceptance.
     *
     * @param deal the deal
     * @param contract its key
     * @throws InterruptedException if the simulation is being stopped
     */
    public void completeAct(SimulatedDeal deal, String contract) throws InterruptedException {
        act(contract, "complete-act", because(deal, contract).with(Map.of("signed_at", now())));
    }

    private void act(String contract, String action, Change change) throws InterruptedException {
        docflow.act(CONTRACT, id(contract), action, change);
    }

    private Change because(SimulatedDeal deal, String contract) {
        return docflow.system()
                .find(CONTRACT, id(contract))
                .map(known -> deal.changeBecauseOf(known.lastEvent()))
                .orElseGet(deal::change);
    }

    private String now() {
        return Rfc3339.format(clock.instant());
    }

    private static String id(String contract) {
        return contract.substring(contract.lastIndexOf(':') + 1);
    }
}
