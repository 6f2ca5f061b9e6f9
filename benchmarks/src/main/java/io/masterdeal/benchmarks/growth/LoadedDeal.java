package io.masterdeal.benchmarks.growth;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealLinks;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaFold;
import io.masterdeal.model.sla.SlaStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A deal on its way into the store: what the service would make of its events if they came one by one, in order. */
final class LoadedDeal {

    private static final String NOWHERE = "bulk-load";

    private static final EventRules RULES = new EventRules(EventCatalog.bundled());

    private final ObjectKey root;

    private final UUID id;

    private final DealFold fold;

    private final SlaEvaluator evaluator;

    private final SlaFold clocks;

    private final List<ReceivedStatement> statements = new ArrayList<>();

    LoadedDeal(ObjectKey root, RuleSet rules, SlaEvaluator evaluator) {
        this.root = root;
        this.id = MasterDealId.of(root).value();
        this.evaluator = evaluator;
        this.clocks = evaluator.begin(root);
        this.fold = DealFold.of(root, rules, List.of(), new DealLinks(), null, clocks);
    }

    /**
     * Takes the next event.
     *
     * @return the fact it says
     * @throws IllegalArgumentException if it is not newer than those before, is no fact, or leads to another deal
     */
    ReceivedStatement add(Event event) {
        ReceivedStatement statement = read(event);
        Fact fact = (Fact) statement.statement();
        if (!fold.append(fact) || fact.masterDealId() != null || !isOurs(fact)) {
            throw new IllegalArgumentException("not the next plain fact of " + root + ": " + fact);
        }
        statements.add(statement);
        return statement;
    }

    /** Whether the fact is about the root, or about an object that belongs only to what is here already. */
    private boolean isOurs(Fact fact) {
        return fact.subject().equals(root)
                || (!fact.subject().isRoot()
                        && !fact.links().isEmpty()
                        && objects().containsAll(fact.links()));
    }

    private static ReceivedStatement read(Event event) {
        Envelope envelope = event.envelope();
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type(envelope.type()), envelope.type());
        RULES.complete(type, event.data());
        ReceivedStatement received = EventStatements.received(event, NOWHERE);
        if (!(received.statement() instanceof Fact)) {
            throw new IllegalArgumentException("a retraction: " + envelope);
        }
        return received;
    }

    ObjectKey root() {
        return root;
    }

    UUID id() {
        return id;
    }

    /** Its answer and its state so far. */
    DealFold fold() {
        return fold;
    }

    /**
     * Its clocks so far.
     *
     * @throws IllegalArgumentException if something would have to be told about them: that is not loaded
     */
    KeptSla clocks(Instant now) {
        SlaStatus status = evaluator.status(clocks, now);
        if (status.nextAt() != null
                || status.cycles().stream()
                        .anyMatch(
                                it -> it.breachedAt() != null || !it.warnings().isEmpty())) {
            throw new IllegalArgumentException(
                    "the clocks of " + root + " run, have warned or were breached: " + status);
        }
        return new KeptSla(status.clocks(), null, status.client(), List.of(), clocks.kept(), new TreeMap<>());
    }

    List<ReceivedStatement> statements() {
        return statements;
    }

    List<Fact> facts() {
        return statements.stream().map(each -> (Fact) each.statement()).toList();
    }

    /** The objects its facts are about, the root among them. */
    SortedSet<ObjectKey> objects() {
        SortedSet<ObjectKey> objects = new TreeSet<>(List.of(root));
        statements.forEach(each -> objects.add(((Fact) each.statement()).subject()));
        return objects;
    }
}
