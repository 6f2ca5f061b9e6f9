package io.masterdeal.sandbox.dcm;

import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.sandbox.actor.DealTerms;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.CreationHook;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The accountants. They close the books only when all invoices are settled or annulled. */
public final class DcmPeople implements CreationHook {
    private static final String INVOICE = "invoice";

    private final SystemAccess dcm;
    private final Clock clock;

    /**
     * Creates them.
     *
     * @param dcm their system
     * @param clock for dates
     */
    public DcmPeople(SystemAccess dcm, Clock clock) {
        this.dcm = dcm;
        this.clock = clock;
    }

    @Override
    public Optional<ObjectView> existing(String kind, Change change) {
        if (kind.equals("closeout")) {
            String story = change.context().correlationId();
            // An invoice billed to a deal by mistake is linked to it too, and must not keep its books open.
            Stream<ObjectView> invoices = story == null
                    ? change.links().stream().flatMap(link -> dcm.system().linkedTo(INVOICE, link).stream())
                    : dcm.system().ofStory(INVOICE, story).stream();
            invoices.filter(invoice -> invoice.status().equals(DcmModel.BILLED))
                    .findFirst()
                    .ifPresent(open -> {
                        throw Refusal.conflict("The books stay open while the money for " + open.key() + " is not in.");
                    });
        }
        return Optional.empty();
    }

    /**
     * Records the payment of the client.
     *
     * @param deal the deal
     * @param invoice key of the invoice
     * @param hold how long its event is held back
     * @throws InterruptedException if the simulation is being stopped
     */
    public void takeMoney(SimulatedDeal deal, String invoice, Duration hold) throws InterruptedException {
        act(
                invoice,
                "pay",
                because(deal, invoice).with(Map.of("paid_at", now())).toldAfter(hold));
    }

    /**
     * Annuls a wrong invoice.
     *
     * @param deal the deal
     * @param invoice key of the invoice
     * @throws InterruptedException if the simulation is being stopped
     */
    public void annul(SimulatedDeal deal, String invoice) throws InterruptedException {
        act(invoice, "cancel", because(deal, invoice).with(Map.of("reason", "the sum was wrong")));
    }

    /**
     * Retracts a wrong link of an invoice, and issues it again with the right one.
     *
     * @param deal the deal
     * @param invoice key of the invoice
     * @param contract the right link
     * @throws InterruptedException if the simulation is being stopped
     */
    public void putRight(SimulatedDeal deal, String invoice, String contract) throws InterruptedException {
        String id = id(invoice);
        ObjectView wrong = dcm.system().find(INVOICE, id).orElseThrow(() -> Refusal.notFound(invoice));
        ObjectView empty = dcm.retract(
                INVOICE,
                id,
                List.of(wrong.lastEvent()),
                deal.changeBecauseOf(wrong.lastEvent()).with(Map.of("reason", "billed to the wrong deal")));
        dcm.pace().pause(deal.random("put right"));
        dcm.act(
                INVOICE,
                id,
                "issue",
                deal.changeBecauseOf(empty.lastEvent()).with(List.of(contract)).with(wrong.attributes()));
    }

    /**
     * Sends an act of billing, which the client signs.
     *
     * @param deal the deal
     * @param contract its contract
     * @throws InterruptedException if the simulation is being stopped
     */
    public void settleAct(SimulatedDeal deal, String contract) throws InterruptedException {
        ObjectView act = dcm.create(
                "act",
                deal.change().with(List.of(contract)).with(DealTerms.of(deal).money()));
        dcm.pace().pause(deal.random("act"));
        dcm.act("act", act.id(), "sign", deal.changeBecauseOf(act.lastEvent()).with(Map.of("signed_at", now())));
    }

    /**
     * Reconciles the accounts and closes the books of the deal.
     *
     * @param deal the deal
     * @throws InterruptedException if the simulation is being stopped
     */
    public void closeBooks(SimulatedDeal deal) throws InterruptedException {
        Change change =
                deal.change().with(List.of(deal.key())).with(DealTerms.of(deal).money());
        ObjectView agreed = dcm.create("reconciliation", change);
        dcm.pace().pause(deal.random("books"));
        dcm.create(
                "closeout",
                deal.changeBecauseOf(agreed.lastEvent())
                        .with(List.of(deal.key()))
                        .with(DealTerms.of(deal).money()));
    }

    private void act(String invoice, String action, Change change) throws InterruptedException {
        dcm.act(INVOICE, id(invoice), action, change);
    }

    private Change because(SimulatedDeal deal, String invoice) {
        return dcm.system()
                .find(INVOICE, id(invoice))
                .map(known -> deal.changeBecauseOf(known.lastEvent()))
                .orElseGet(deal::change);
    }

    private String now() {
        return Rfc3339.format(clock.instant());
    }

    private static String id(String key) {
        return key.substring(key.lastIndexOf(':') + 1);
    }
}
