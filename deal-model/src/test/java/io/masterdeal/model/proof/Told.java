package io.masterdeal.model.proof;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.Fact;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Short notation for statements: event 3 of day 5 about an object. */
public final class Told {

    /** Namespace of the ids below; declared first, because the facts below need it. */
    private static final UUID NAMESPACE = UUID.fromString("6ba7b812-9dad-11d1-80b4-00c04fd430c8");

    public static final String DEAL = "crm:deal:D1";
    public static final String PLAN = "media:mediaplan:P1";
    public static final String K1 = "docflow:contract:K1";
    public static final String K2 = "docflow:contract:K2";
    public static final String CASE = "legal:case:L1";
    public static final String CASE2 = "legal:case:L2";
    public static final String INVOICE = "dcm:invoice:I1";
    public static final String CLOSEOUT = "dcm:closeout:X1";

    /** A deal that is created, briefed, and has its plan. */
    public static final List<Fact> START = List.of(
            fact(1, DEAL, "Deal Created", 1, 1),
            fact(2, DEAL, "Brief Submitted", 2, 2),
            fact(3, PLAN, "Plan Ready", 1, 3, DEAL));

    /** The statuses in the order of the specification's table. */
    public static final List<Fact> TABLE = with(
            START,
            fact(4, DEAL, "Offer Sent", 3, 4),
            fact(5, K1, "Contract Signed", 1, 5, DEAL),
            fact(6, "docflow:invoice:I2", "Invoice Issued", 1, 6, K1),
            fact(7, K1, "Act Completed", 2, 7));

    /** The systems in the order of the specification's pipeline. */
    public static final List<Fact> PIPELINE = with(
            START,
            fact(4, K1, "Contract Signed", 1, 4, DEAL),
            fact(5, CASE, "Legal Approved", 1, 5, K1),
            fact(6, INVOICE, "Invoice Issued", 1, 6, K1),
            fact(7, CLOSEOUT, "Closeout Completed", 1, 7, INVOICE));

    /** A deal that loses its contract and gets another. */
    public static final List<Fact> REGRESSION = with(
            START,
            fact(4, K1, "Contract Signed", 1, 4, DEAL),
            fact(5, CASE, "Legal Approved", 1, 4, DEAL),
            fact(6, K1, "Contract Rejected", 2, 5),
            fact(7, K2, "Contract Signed", 1, 6, DEAL));

    private Told() {}

    public static Fact fact(
            int event, String subject, @Nullable String status, @Nullable Integer sequence, int day, String... links) {
        return Fact.of(
                id(event),
                "some.type",
                new ObjectKey(subject),
                status,
                sequence == null ? null : Long.valueOf(sequence),
                day(day),
                Stream.of(links).map(ObjectKey::new).toList(),
                Map.of(),
                null);
    }

    public static Fact withId(UUID id, Fact fact) {
        return Fact.of(
                id,
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                fact.attributes(),
                fact.masterDealId());
    }

    public static Fact withMasterDealId(@Nullable UUID masterDealId, Fact fact) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                fact.attributes(),
                masterDealId);
    }

    /** The fact without its status, but with its links. */
    public static Fact linkOnly(Fact fact) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                null,
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                fact.attributes(),
                fact.masterDealId());
    }

    public static Retraction retraction(int event, Statement... mistakes) {
        return Retraction.of(
                fact(event, "task:task:T1", null, null, 9),
                Stream.of(mistakes).map(Statement::eventId).toList());
    }

    /** The id of that event. */
    public static UUID id(int event) {
        return NameUuid.of(NAMESPACE, "x" + event);
    }

    /** The ids of those events, sorted as evidence is. */
    public static List<UUID> ids(int... events) {
        return IntStream.of(events)
                .mapToObj(Told::id)
                .sorted(EventIdOrder.INSTANCE)
                .toList();
    }

    public static Instant day(int day) {
        return Instant.EPOCH.plus(Duration.ofDays(day));
    }

    public static List<Fact> with(Collection<Fact> facts, Fact... more) {
        return Stream.concat(facts.stream(), Arrays.stream(more)).toList();
    }

    public static Answers answer(RuleSet rules, Collection<? extends Statement> statements) {
        return new FactSet().addAll(statements).answer(rules);
    }

    /** The only deal. */
    public static Deal deal(RuleSet rules, Collection<? extends Statement> statements) {
        Answers answers = answer(rules, statements);
        if (answers.deals().size() != 1) {
            throw new AssertionError("one deal expected, not " + answers.deals().keySet());
        }
        return answers.deals().firstEntry().getValue();
    }

    /** The deal with that root. */
    public static Deal deal(String root, Answers answers) {
        return Objects.requireNonNull(answers.deals().get(new ObjectKey(root)), () -> "no deal " + root);
    }

    /** The finding of a deal about a stage. */
    public static Finding finding(String stage, Deal deal) {
        return Objects.requireNonNull(deal.findings().get(stage), () -> "no stage " + stage);
    }

    /** The facts of a deal, each once, without retracted ones. */
    public static List<Fact> factsOf(Deal deal, Collection<? extends Statement> statements) {
        Set<UUID> retracted = new HashSet<>();
        statements.forEach(it -> {
            if (it instanceof Retraction retraction) {
                retracted.addAll(retraction.retracts());
            }
        });
        List<Fact> facts = new ArrayList<>();
        for (Statement statement : new HashSet<>(statements)) {
            if (statement instanceof Fact fact
                    && deal.objects().containsKey(fact.subject())
                    && !retracted.contains(fact.eventId())) {
                facts.add(fact);
            }
        }
        facts.sort(Fact.BY_VERSION);
        return facts;
    }

    /** Keys from texts. */
    public static Set<ObjectKey> keys(String... keys) {
        Set<ObjectKey> found = new TreeSet<>();
        Stream.of(keys).map(ObjectKey::new).forEach(found::add);
        return found;
    }
}
